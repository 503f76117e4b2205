/** The rows of orders, in the batches of the allocation and outside of them. */
@NullMarked
package dev.seonchak.orders.postgres;

import org.jspecify.annotations.NullMarked;
