/** Accounts, sessions and keys over HTTP. */
@NullMarked
package dev.seonchak.identity.http;

import org.jspecify.annotations.NullMarked;
