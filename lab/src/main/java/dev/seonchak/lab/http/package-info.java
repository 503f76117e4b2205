/**
 * The built jar under load over HTTP, against its own empty request and against a bare application.
 */
@NullMarked
package dev.seonchak.lab.http;

import org.jspecify.annotations.NullMarked;
