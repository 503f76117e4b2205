package dev.seonchak.audit;

import java.time.Instant;

/**
 * What the last round of audits found of a drop.
 *
 * @param violations how many; an audit that failed counts as one
 * @param at when it was found
 */
public record Verdict(int violations, Instant at) {
  public boolean isClean() {
    return violations == 0;
  }
}
