package dev.seonchak.runtime;

import java.util.UUID;

/**
 * Hands out ids that nobody can guess and that sort by the time of their making (RFC 9562, version
 * 7).
 */
@FunctionalInterface
public interface Ids {
  UUID next();
}
