package dev.seonchak.orders.postgres;

import dev.seonchak.orders.Depositing;
import dev.seonchak.orders.Happening.What;
import dev.seonchak.orders.Paying.Begun;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What paying by bank transfer does to an order's row, under its lock. Thread-safe. */
@Component
final class PostgresDepositing implements Depositing {
  private final OrderReads reads;
  private final OrderWrites writes;
  private final JdbcClient jdbc;

  PostgresDepositing(OrderReads reads, OrderWrites writes, JdbcClient jdbc) {
    this.reads = reads;
    this.writes = writes;
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Instant> await(OrderId order, Duration wait) {
    OrderWrites.requireTransaction();
    Optional<Instant> deadline =
        jdbc.sql(RowLocks.AWAIT_DEPOSIT)
            .param("id", order.value())
            .param("seconds", wait.toSeconds())
            .query(OffsetDateTime.class)
            .optional()
            .map(OffsetDateTime::toInstant);
    if (deadline.isPresent()) {
      AccountId buyer = reads.one(order).orElseThrow().buyer();
      writes.record(order, What.AWAITING_DEPOSIT, buyer, null);
    }
    return deadline;
  }

  @Override
  public Begun arrived(OrderId order, AccountId seller) {
    OrderWrites.requireTransaction();
    int begun = jdbc.sql(RowLocks.BEGIN_DEPOSITED).param("id", order.value()).update();
    if (begun == 1) {
      writes.record(order, What.DEPOSIT_ARRIVED, seller, null);
      return Begun.PAYING;
    }
    return switch (writes.lock(order).orElseThrow()) {
      case PENDING, AWAITING_DEPOSIT, EXPIRED -> Begun.TOO_LATE;
      default -> Begun.NOT_PENDING;
    };
  }

  @Override
  public void note(OrderId order, What what, AccountId seller) {
    writes.record(order, what, seller, null);
  }
}
