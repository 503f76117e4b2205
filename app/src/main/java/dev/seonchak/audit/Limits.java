package dev.seonchak.audit;

import java.time.Duration;

/**
 * Every bound of this module.
 *
 * @param violationsPerRuleMax how many violations of one rule are told
 * @param auditSecondsMax how long an audit of one drop may take, and any query of it
 * @param auditsAtOnceMax how many audits that somebody asks for run at a time in one process
 * @param auditWaitMax how long whoever asks for one more waits for a place
 * @param roundDropsMax how many drops the job audits at a time
 * @param watchedDropsMax how many of the newest drops it watches for movement of their counters
 * @param claimsInRushMax up to how many claims a drop has the job audits it while they become more
 * @param spoiltDropsMax how many drops with violations are counted, after which the count stops
 * @param restPerWork how many times longer than its last round the job rests
 */
public record Limits(
    int violationsPerRuleMax,
    int auditSecondsMax,
    int auditsAtOnceMax,
    Duration auditWaitMax,
    int roundDropsMax,
    int watchedDropsMax,
    int claimsInRushMax,
    int spoiltDropsMax,
    int restPerWork) {
  public static final Limits STANDARD =
      new Limits(
          /* violationsPerRuleMax= */ 20,
          /* auditSecondsMax= */ 600,
          /* auditsAtOnceMax= */ 2,
          /* auditWaitMax= */ Duration.ofSeconds(2),
          /* roundDropsMax= */ 3,
          /* watchedDropsMax= */ 200,
          /* claimsInRushMax= */ 500_000,
          /* spoiltDropsMax= */ 1_000,
          /* restPerWork= */ 30);
}
