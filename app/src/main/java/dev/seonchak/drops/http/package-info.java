/** Drops over HTTP. */
@NullMarked
package dev.seonchak.drops.http;

import org.jspecify.annotations.NullMarked;
