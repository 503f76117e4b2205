package dev.seonchak.events.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seonchak.embedded.TestServers;
import dev.seonchak.events.Event;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Outbox and inbox as tables: days, marks, age, and what is refused. */
class OutboxTableIT {
  private static DriverManagerDataSource dataSource;
  private static JdbcClient jdbc;
  private static TransactionTemplate transactions;
  private static OutboxTable table;

  private record Noted(UUID aggregateId, String text) implements Event {
    @Override
    public String aggregate() {
      return "notes";
    }
  }

  @BeforeAll
  static void migrate() {
    var database = TestServers.freshDatabase();
    dataSource =
        new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
    Flyway.configure().dataSource(dataSource).load().migrate();
    jdbc = JdbcClient.create(dataSource);
    transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    table = new OutboxTable(jdbc, transactions);
  }

  @BeforeEach
  void empty() {
    jdbc.sql("truncate outbox, inbox").update();
  }

  @Test
  void takesRowsOfDaysWithoutPartitionAndMovesThemWhenItIsMade() {
    insert("6 days", false);
    insert("-6 days", false);
    assertThat(rowsIn("outbox_other")).isEqualTo(2);

    table.turnDays(6, 7);

    assertThat(rowsIn("outbox_other")).isZero();
    assertThat(rowsIn("outbox")).isEqualTo(2);
    assertThat(table.unsent(Duration.ofDays(1), 10)).hasSize(1);
  }

  @Test
  void dropsOldDaysUnlessTheyHoldSomethingUnsent() {
    insert("-4 days", true);
    insert("-3 days", false);
    insert("-1 day", true);
    table.turnDays(3, 7);

    table.turnDays(3, 2);

    assertThat(
            jdbc.sql("select sent_at is null from outbox order by created_at")
                .query(Boolean.class)
                .list())
        .containsExactly(true, false);
  }

  @Test
  void givesUnsentRowsInOrderOfWritingAndForgetsThemOnceMarked() {
    var id = UUID.randomUUID();
    append(new Noted(id, "first"), new Noted(id, "second"));
    append(new Noted(id, "third"));

    var rows = table.unsent(Duration.ZERO, 10);

    assertThat(rows)
        .extracting(OutboxRow::payload)
        .map(text -> text.replaceAll(".*\"text\":", ""))
        .containsExactly("\"first\"}", "\"second\"}", "\"third\"}");
    assertThat(table.lag().unsent()).isEqualTo(3);
    assertThat(table.lag().seconds()).isPositive();
    table.markSent(rows.subList(0, 2));
    assertThat(table.unsent(Duration.ZERO, 10)).containsExactly(rows.getLast());
    table.markSent(rows);
    assertThat(table.lag()).isEqualTo(new OutboxTable.Lag(0, 0));
  }

  @Test
  void refusesConnectionThatCommitsEachStatement() throws SQLException {
    try (var connection = dataSource.getConnection()) {
      assertThatThrownBy(
              () -> outbox().append(connection, List.of(new Noted(UUID.randomUUID(), ""))))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(rowsIn("outbox")).isZero();
  }

  @Test
  void refusesEventThatKafkaWouldNotTake() {
    assertThatThrownBy(() -> append(new Noted(UUID.randomUUID(), "x".repeat(600_000))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Noted");
  }

  @Test
  void remembersHandledEventsForAWhile() {
    var now = Instant.parse("2026-05-05T10:00:00Z");
    var inbox = new Inbox(jdbc, Clock.fixed(now, ZoneOffset.UTC));
    var old = new UUID((now.minus(Duration.ofDays(31)).toEpochMilli() << 16) | 0x7000, 1);
    var young = new UUID((now.minus(Duration.ofDays(29)).toEpochMilli() << 16) | 0x7000, 1);

    assertThat(inbox.take("reader", old)).isTrue();
    assertThat(inbox.take("reader", old)).isFalse();
    assertThat(inbox.take("other", old)).isTrue();
    assertThat(inbox.take("reader", young)).isTrue();

    inbox.prune(Duration.ofDays(30));

    assertThat(inbox.take("reader", young)).isFalse();
    assertThat(rowsIn("inbox")).isEqualTo(1);
  }

  private static TableOutbox outbox() {
    return new TableOutbox(dataSource, UUID::randomUUID);
  }

  private static void append(Event... events) {
    transactions.executeWithoutResult(status -> outbox().append(List.of(events)));
  }

  private static void insert(String fromNow, boolean sent) {
    jdbc.sql(
            """
            insert into outbox (id, aggregate, aggregate_id, type, payload, created_at, sent_at)
            values (gen_random_uuid(), 'notes', gen_random_uuid(), 'Noted', '{}',
              now() + cast(? as interval), case when ? then now() end)
            """)
        .params(fromNow, sent)
        .update();
  }

  private static int rowsIn(String name) {
    return jdbc.sql("select count(*) from " + name).query(Integer.class).single();
  }
}
