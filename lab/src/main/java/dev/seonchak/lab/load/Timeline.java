package dev.seonchak.lab.load;

import java.util.ArrayList;
import java.util.List;

/** How rate and latency changed in the course of a round, over all its rounds. */
public final class Timeline {
  private static final int SLOTS_MAX = 60;
  private static final long SLOT_NANOS_MIN = 10_000_000;

  private Timeline() {}

  /**
   * Answers that came within a slot of time.
   *
   * @param atMillis from the beginning of the round to the middle of the slot
   * @param perSecond answers, the mean of the rounds
   */
  public record Slot(double atMillis, double perSecond, double p50, double p95, double p99) {}

  /**
   * @param spans of all rounds, each from its own beginning
   */
  public static List<Slot> of(Spans spans, int rounds) {
    long last = 0;
    for (int i = 0; i < spans.size(); i++) {
      last = Math.max(last, spans.answered(i));
    }
    long slot = Math.max(SLOT_NANOS_MIN, last / SLOTS_MAX + 1);
    List<Latencies> latencies = new ArrayList<>();
    for (long at = 0; at <= last && spans.size() > 0; at += slot) {
      latencies.add(new Latencies());
    }
    for (int i = 0; i < spans.size(); i++) {
      long answered = spans.answered(i);
      latencies.get((int) (answered / slot)).add(answered - spans.asked(i));
    }
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < latencies.size(); i++) {
      Latencies here = latencies.get(i);
      slots.add(
          new Slot(
              (i + 0.5) * slot / 1e6,
              here.count() * 1e9 / slot / rounds,
              here.percentileMillis(50),
              here.percentileMillis(95),
              here.percentileMillis(99)));
    }
    return slots;
  }
}
