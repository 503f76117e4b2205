package dev.seonchak.lab.check;

import dev.seonchak.lab.load.Acknowledged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whether numbers rise in the order in which they were told: who asks after somebody knows a number
 * must get a larger one. Requests that were on their way together may get theirs in any order.
 */
public final class ToldCheck {
  private ToldCheck() {}

  private record Told(long asked, long answered, long number) {}

  public static List<Finding> of(List<Acknowledged> acknowledged) {
    Map<UUID, List<Told>> pools = new HashMap<>();
    for (Acknowledged one : acknowledged) {
      for (int i = 0; i < one.hold().lines().size(); i++) {
        pools
            .computeIfAbsent(one.hold().lines().get(i).pool(), pool -> new ArrayList<>())
            .add(new Told(one.asked(), one.answered(), one.held().sequences().get(i)));
      }
    }
    Findings findings = new Findings();
    pools.values().forEach(told -> check(told, findings));
    return findings.list();
  }

  private static void check(List<Told> told, Findings findings) {
    List<Told> answered = new ArrayList<>(told);
    answered.sort(Comparator.comparingLong(Told::answered));
    told.sort(Comparator.comparingLong(Told::asked));
    int known = 0;
    long largest = 0;
    for (Told one : told) {
      while (answered.get(known).answered() < one.asked()) {
        largest = Math.max(largest, answered.get(known++).number());
      }
      findings.addWhen(
          one.number() < largest,
          Finding.Kind.OUT_OF_ORDER,
          "number " + one.number() + " after " + largest);
    }
  }
}
