package dev.seonchak.payments.simulator;

import java.time.OffsetDateTime;

/**
 * One movement of money in the simulated company's ledger.
 *
 * @param order the shop's number
 * @param user the shop's name for the buyer, empty where the company is not told
 * @param kind CAPTURE or CANCEL
 */
record Movement(
    long id,
    String tid,
    String gateway,
    String order,
    String user,
    String kind,
    long amount,
    OffsetDateTime at) {}
