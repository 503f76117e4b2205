package dev.seonchak.events.kafka;

import dev.seonchak.events.postgres.OutboxTable;
import dev.seonchak.events.postgres.OutboxTable.Lag;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Shows how the relay is: as metrics, and as a health that never counts as down, since the shop
 * goes on without it.
 */
final class RelayWatch implements HealthIndicator {
  private final Relay relay;
  private final OutboxTable outbox;
  private volatile Lag lag = new Lag(0, 0);

  RelayWatch(Relay relay, OutboxTable outbox, MeterRegistry meters) {
    this.relay = relay;
    this.outbox = outbox;
    Gauge.builder("seonchak.relay.lag", () -> lag.seconds())
        .baseUnit("seconds")
        .description("Age of the oldest event that is not known to be on Kafka")
        .register(meters);
    Gauge.builder("seonchak.relay.unsent", () -> lag.unsent())
        .description("Events that are not known to be on Kafka, counted up to 10,000")
        .register(meters);
    Gauge.builder("seonchak.relay.active", () -> relay.state() == Relay.State.ACTIVE ? 1 : 0)
        .description("1 in the process whose relay is active")
        .register(meters);
  }

  @Scheduled(initialDelay = 5_000, fixedDelay = 5_000)
  void look() {
    try {
      lag = outbox.lag();
    } catch (DataAccessException e) {
      // Without the database nothing is known; the database's own health tells of that.
      return;
    }
  }

  @Override
  public Health health() {
    var state = relay.state();
    var health = state == Relay.State.TROUBLED ? Health.status("TROUBLED") : Health.up();
    return health
        .withDetail("state", state.name())
        .withDetail("unsent", lag.unsent())
        .withDetail("lagSeconds", lag.seconds())
        .build();
  }
}
