package dev.seonchak.lab.check;

import dev.seonchak.lab.load.Acknowledged;
import dev.seonchak.lab.ways.Hold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whether the numbers that callers were told are consecutive; all that can be checked of a counter.
 */
public final class NumbersCheck {
  private NumbersCheck() {}

  public static List<Finding> of(List<Acknowledged> acknowledged) {
    Map<UUID, List<Long>> numbers = new HashMap<>();
    for (Acknowledged one : acknowledged) {
      List<Hold.Line> lines = one.hold().lines();
      for (int i = 0; i < lines.size(); i++) {
        numbers
            .computeIfAbsent(lines.get(i).pool(), pool -> new ArrayList<>())
            .add(one.held().sequences().get(i));
      }
    }
    Findings findings = new Findings();
    numbers.values().forEach(ofOnePool -> check(ofOnePool, findings));
    return findings.list();
  }

  private static void check(List<Long> numbers, Findings findings) {
    numbers.sort(null);
    for (int i = 1; i < numbers.size(); i++) {
      long step = numbers.get(i) - numbers.get(i - 1);
      findings.addWhen(step == 0, Finding.Kind.NUMBER_TWICE, "number " + numbers.get(i));
      if (step > 1) {
        findings.add(Finding.Kind.NUMBER_MISSING, step - 1, "before number " + numbers.get(i));
      }
    }
    findings.addWhen(
        numbers.getFirst() != 1, Finding.Kind.NUMBER_MISSING, "it begins at " + numbers.getFirst());
  }
}
