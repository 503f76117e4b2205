package dev.seonchak.engine;

/**
 * An idempotency key: what a claimant calls one attempt, so that sending it twice acts once.
 *
 * <p>Its scope is the claimant and the operation: two claimants, or one claimant in two operations,
 * may use the same value.
 *
 * @param operation what is being done, for example {@code "order"}
 * @param value what the claimant chose
 */
public record Key(String operation, String value) {}
