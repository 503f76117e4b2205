package dev.seonchak.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Processor time since a moment: of a process, and of those that it started. The kernel counts it,
 * so it says what something costs even on a busy machine.
 */
public final class Cost {
  private static final int TICKS_A_SECOND = 100;

  private final ProcessHandle root;
  private final List<ProcessHandle> callers;
  private final Duration ownBefore;
  private final Duration startedBefore;

  private Cost(ProcessHandle root, List<ProcessHandle> callers) {
    this.root = root;
    this.callers = callers;
    ownBefore = own();
    startedBefore = started();
  }

  /** From now on, of this process and its servers. */
  public static Cost begin() {
    return begin(ProcessHandle.current());
  }

  /** From now on, of another process and its servers. */
  public static Cost begin(ProcessHandle process) {
    return new Cost(process, List.of(process));
  }

  /** From now on, of processes that call on behalf of this one, and of its servers. */
  public static Cost of(List<ProcessHandle> callers) {
    return new Cost(ProcessHandle.current(), callers);
  }

  /** Processor time of all that this process has started and that have ended. */
  public static Duration ofEndedChildren() {
    ProcessHandle here = ProcessHandle.current();
    return withEnded(here).minus(alone(here));
  }

  /** Microseconds of the process, or of those that call, alone for each of so many. */
  public double ownMicros(long count) {
    return own().minus(ownBefore).toNanos() / 1e3 / count;
  }

  /** Microseconds of all processes that it started for each of so many. */
  public double serverMicros(long count) {
    return started().minus(startedBefore).toNanos() / 1e3 / count;
  }

  private Duration own() {
    return callers.stream()
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Duration started() {
    try (Stream<ProcessHandle> all = root.descendants()) {
      return all.filter(one -> !callers.contains(one))
          .map(Cost::withEnded)
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  /** What one that ended had used must not vanish with it. */
  private static Duration withEnded(ProcessHandle process) {
    return ticks(process, 4);
  }

  private static Duration alone(ProcessHandle process) {
    return ticks(process, 2);
  }

  /**
   * Fields 14 to 17 of {@code /proc/N/stat}: of the process as user and as system, and of its
   * children that have ended.
   */
  private static Duration ticks(ProcessHandle process, int fieldsWanted) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks =
          Stream.of(fields)
              .skip(11)
              .limit(fieldsWanted)
              .filter(Predicate.not(String::isEmpty))
              .mapToLong(Long::parseLong)
              .sum();
      return Duration.ofMillis(ticks * 1000 / TICKS_A_SECOND);
    } catch (IOException e) {
      // It has ended since, and stands in its parent's field.
      return Duration.ZERO;
    }
  }
}
