package dev.seonchak.lab;

import java.time.Duration;
import java.util.Locale;

/** Lines that say what is being done and how long all of it will still take. Not thread-safe. */
public final class Progress {
  private final int stepsInAll;
  private final long from = System.nanoTime();
  private int done;

  /**
   * @param stepsInAll of about the same length
   */
  public Progress(int stepsInAll) {
    this.stepsInAll = stepsInAll;
  }

  /** A step has been done. */
  public void step(String what) {
    done++;
    long perStep = (System.nanoTime() - from) / done;
    Duration left = Duration.ofNanos(perStep * Math.max(0, stepsInAll - done));
    System.out.printf(
        Locale.ROOT,
        "  %3d/%d  %-78s %d:%02d left%n",
        done,
        stepsInAll,
        what,
        left.toMinutes(),
        left.toSecondsPart());
  }

  /** Something that is no step by itself. */
  public static void say(String what) {
    System.out.println(what);
  }
}
