/** Payments in PostgreSQL. */
@NullMarked
package dev.seonchak.payments.postgres;

import org.jspecify.annotations.NullMarked;
