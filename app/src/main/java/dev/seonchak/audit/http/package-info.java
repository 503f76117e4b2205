/** The audit over HTTP. */
@NullMarked
package dev.seonchak.audit.http;

import org.jspecify.annotations.NullMarked;
