package dev.seonchak.lab.load;

import java.lang.ProcessHandle.Info;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Processor time since a moment: of this process, and of the servers that it started. The kernel
 * counts it, so it says what something costs even on a busy machine.
 */
public final class Cost {
  private final Duration ownBefore = own();
  private final Duration serversBefore = servers();

  /** From now on. */
  public static Cost begin() {
    return new Cost();
  }

  private Cost() {}

  /** Microseconds of this process for each of so many. */
  public double ownMicros(long count) {
    return own().minus(ownBefore).toNanos() / 1e3 / count;
  }

  /** Microseconds of all processes that this one started for each of so many. */
  public double serverMicros(long count) {
    return servers().minus(serversBefore).toNanos() / 1e3 / count;
  }

  private static Duration own() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Duration servers() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
      return children
          .map(ProcessHandle::info)
          .map(Info::totalCpuDuration)
          .flatMap(Optional::stream)
          .reduce(Duration.ZERO, Duration::plus);
    }
  }
}
