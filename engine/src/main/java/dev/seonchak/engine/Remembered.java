package dev.seonchak.engine;

/**
 * What is kept under a key that succeeded.
 *
 * @param fingerprint of the request that succeeded
 * @param granted its answer, exactly as it was given
 */
public record Remembered(long fingerprint, Outcome.Granted granted) {}
