package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Answer;
import dev.seonchak.lab.ways.Hold;
import java.util.List;
import java.util.UUID;

/** Answers as a round could have given them. */
public final class Told {
  private static final UUID POOL = new UUID(0, 1);

  private Told() {}

  /** A hold of one pool, of which only number and times matter. */
  public static Acknowledged number(long number, long asked, long answered) {
    UUID order = new UUID(1, number);
    Hold hold = new Hold(order, POOL, order, List.of(new Hold.Line(POOL, 1)), order, 0, 1, "{}");
    return new Acknowledged(hold, new Answer.Held(order, List.of(number)), asked, answered);
  }
}
