/** The engine's journal on PostgreSQL, and the statements that count stock. */
@NullMarked
package dev.seonchak.allocation.postgres;

import org.jspecify.annotations.NullMarked;
