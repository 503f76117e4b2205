/** Orders over HTTP: placing, reading, answering and cancelling them. */
@NullMarked
package dev.seonchak.orders.http;

import org.jspecify.annotations.NullMarked;
