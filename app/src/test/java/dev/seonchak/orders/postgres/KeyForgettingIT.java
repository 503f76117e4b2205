package dev.seonchak.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.FreshDatabase;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
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
            insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount,
                   items, quantities, sequences, created_at, expires_at, held_until)
            values (:id, :id, :id, :key, 0, 'EXPIRED', 0, '{}', '{}', '{}', now(), now(), now())
            """)
        .param("id", id)
        .param("key", BuyerKey.of(new DropId(id), new AccountId(id), "k").value())
        .update();
  }

  private void forgetAt(Instant now) {
    new KeyForgetting(jdbc, Clock.fixed(now, ZoneOffset.UTC)).forget();
  }

  private long kept() {
    return jdbc
        .sql("select id, buyer_key from orders")
        .query((row, number) -> {
          var id = row.getObject(1, UUID.class);
          var kept = BuyerKey.of(new DropId(id), new AccountId(id), "k").value();
          var now = row.getObject(2, UUID.class);
          assertThat(now.toString()).startsWith(kept.toString().substring(0, 24));
          return now.equals(kept);
        })
        .list()
        .stream()
        .filter(is -> is)
        .count();
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
    jdbc.sql("create table kept as select id, buyer_key from orders").update();
    forgetAt(NOW);
    jdbc.sql("update orders set buyer_key = kept.buyer_key from kept where kept.id = orders.id")
        .update();
    forgetAt(NOW);
    assertThat(kept()).isEqualTo(OLD + 1);
    forgetAt(NOW.plus(Duration.ofDays(2)));
    assertThat(kept()).isEqualTo(OLD);
  }
}
