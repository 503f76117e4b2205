/** Drops as rows of PostgreSQL, and a local cache of them. */
@NullMarked
package dev.seonchak.drops.postgres;

import org.jspecify.annotations.NullMarked;
