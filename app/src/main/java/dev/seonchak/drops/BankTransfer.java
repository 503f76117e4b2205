package dev.seonchak.drops;

/**
 * Where a seller takes deposits.
 *
 * @param bank its name
 * @param account the number of the account, as buyers should type it
 * @param holder whose account it is
 * @param minutes how long an order that waits for its deposit keeps its claims
 */
public record BankTransfer(String bank, String account, String holder, int minutes) {}
