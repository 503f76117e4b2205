package dev.seonchak.lab.ways;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A payment company that takes its time, never fails, and remembers what it captured. */
public final class Gateway {
  private final Duration latency;
  private final Map<UUID, Long> captured = new ConcurrentHashMap<>();

  /**
   * @param latency of each approval, however many there are at once
   */
  public Gateway(Duration latency) {
    this.latency = latency;
  }

  void approve(UUID order, long amount) throws InterruptedException {
    Thread.sleep(latency);
    captured.merge(order, amount, Long::sum);
  }

  /** Amounts by order, in won. */
  public Map<UUID, Long> captured() {
    return Map.copyOf(captured);
  }
}
