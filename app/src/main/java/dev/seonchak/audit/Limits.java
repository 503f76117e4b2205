package dev.seonchak.audit;

/**
 * Every bound of this module.
 *
 * @param violationsPerRuleMax how many violations of one rule are told
 * @param auditSecondsMax how long an audit of one drop may take
 * @param roundDropsMax how many drops the job audits at a time
 * @param watchedDropsMax how many of the newest drops it watches for movement of their counters
 * @param spoiltDropsMax how many drops with violations are counted, after which the count stops
 * @param restPerWork how many times longer than its last round the job rests
 */
public record Limits(
    int violationsPerRuleMax,
    int auditSecondsMax,
    int roundDropsMax,
    int watchedDropsMax,
    int spoiltDropsMax,
    int restPerWork) {
  public static final Limits STANDARD =
      new Limits(
          /* violationsPerRuleMax= */ 20,
          /* auditSecondsMax= */ 60,
          /* roundDropsMax= */ 3,
          /* watchedDropsMax= */ 200,
          /* spoiltDropsMax= */ 1_000,
          /* restPerWork= */ 30);
}
