/** Toss Payments: its widget in a page of ours, and its interface for confirming and cancelling. */
@NullMarked
package dev.seonchak.payments.toss;

import org.jspecify.annotations.NullMarked;
