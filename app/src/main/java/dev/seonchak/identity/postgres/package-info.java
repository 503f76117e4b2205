/** Accounts, sessions and keys in PostgreSQL. */
@NullMarked
package dev.seonchak.identity.postgres;

import org.jspecify.annotations.NullMarked;
