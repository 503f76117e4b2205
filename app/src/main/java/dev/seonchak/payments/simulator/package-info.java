/**
 * A payment company for machines that have none: a small HTTP server that speaks the protocols of
 * KakaoPay and Toss Payments, with the buyer's page, books of its own, and switches for all that
 * can go wrong on a network.
 */
@NullMarked
package dev.seonchak.payments.simulator;

import org.jspecify.annotations.NullMarked;
