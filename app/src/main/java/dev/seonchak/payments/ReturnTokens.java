package dev.seonchak.payments;

/** Hands out the unguessable parts of return addresses: at least 128 random bits, URL-safe. */
@FunctionalInterface
public interface ReturnTokens {
  String next();
}
