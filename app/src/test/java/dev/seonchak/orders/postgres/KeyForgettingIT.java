package dev.seonchak.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.FreshDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Idempotency keys are forgotten after 30 days, and no order is read for it twice. */
class KeyForgettingIT {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final int OLD = 2 * KeyForgetting.ORDERS_MAX + 100;

  private FreshDatabase database;
  private JdbcClient jdbc;

  @BeforeEach
  void open() {
    database = new FreshDatabase();
    jdbc = database.jdbc();
    for (int i = 0; i < OLD; i++) {
      order(NOW.minus(Duration.ofDays(100)).plusSeconds(i));
    }
    order(NOW.minus(Duration.ofDays(29)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void order(Instant at) {
    var first = KeyForgetting.firstIdAt(at);
    var id = new UUID(first.getMostSignificantBits(), UUID.randomUUID().getLeastSignificantBits());
    jdbc.sql(
            """
            insert into orders (id, drop_id, buyer_id, idempotency_key, fingerprint, state, amount,
                   items, quantities, sequences, created_at, expires_at, held_until)
            values (:id, :id, :id, :id, 0, 'EXPIRED', 0, '{}', '{}', '{}', now(), now(), now())
            """)
        .param("id", id)
        .update();
  }

  private void forgetAt(Instant now) {
    new KeyForgetting(jdbc, Clock.fixed(now, ZoneOffset.UTC)).forget();
  }

  private long kept() {
    return jdbc.sql("select count(*) from orders where idempotency_key is not null")
        .query(Long.class)
        .single();
  }

  @Test
  void forgetsWhatIsOldHoweverLongNobodyRanIt() {
    forgetAt(NOW);
    assertThat(kept()).isOne();
    forgetAt(NOW.plus(Duration.ofDays(2)));
    assertThat(kept()).isZero();
  }

  @Test
  void readsNoOrderTwice() {
    forgetAt(NOW);
    jdbc.sql("update orders set idempotency_key = id").update();
    forgetAt(NOW);
    assertThat(kept()).isEqualTo(OLD + 1);
    forgetAt(NOW.plus(Duration.ofDays(2)));
    assertThat(kept()).isEqualTo(OLD);
  }
}
