package dev.seonchak.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.embedded.TestServers;
import dev.seonchak.events.postgres.RelaySlot;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of events when a part of their way breaks. */
class EventFailuresIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  private final UUID thing = UUID.randomUUID();
  private TestServers.Database database;
  private Node node;

  @BeforeEach
  void startNode() {
    database = Node.freshDatabase();
    node = new Node(database, Map.of("seonchak.events.republish-seconds", 1));
    node.subscribe("reader");
    node.start().withRelay().withSubscribers();
    node.write(new Happened(thing, 1));
    eventually(() -> node.effects("reader", thing).equals(List.of(1)) && node.unsent() == 0);
    eventually(() -> node.relay().state() == Relay.State.ACTIVE && slot() == RelaySlot.State.TAKEN);
  }

  @AfterEach
  void stopNode() {
    node.close();
    Node.freeSlot(database);
  }

  @Test
  void hasOneActiveRelayAndAnotherThatTakesOver() {
    try (var other = new Node(database, Map.of()).start().withRelay()) {
      eventually(() -> other.relay().state() == Relay.State.WAITING);
      node.write(new Happened(thing, 2));
      eventually(() -> node.effects("reader", thing).size() == 2);
      assertThat(other.relay().state()).isEqualTo(Relay.State.WAITING);

      node.relay().close();

      eventually(() -> other.relay().state() == Relay.State.ACTIVE);
      node.write(new Happened(thing, 3));
      eventually(() -> node.effects("reader", thing).size() >= 3);
    }
    assertThat(node.effects("reader", thing)).containsExactly(1, 2, 3);
  }

  @Test
  void sendsAgainAfterCrashBetweenAcknowledgementAndOffset() throws Exception {
    try (var lock =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      lock.setAutoCommit(false);
      // While no offset can be written, the relay cannot note what Kafka has acknowledged.
      lock.createStatement().execute("lock table relay_offsets in exclusive mode");
      for (int number = 2; number <= 5; number++) {
        node.write(new Happened(thing, number));
      }
      eventually(() -> node.effects("reader", thing).size() == 5);
      var reader = readerOfSlot();
      assertThat(reader).isPresent();

      terminate("backend_type = 'walsender' or application_name = 'seonchak relay offsets'");

      eventually(() -> readerOfSlot().isPresent() && !readerOfSlot().equals(reader));
      eventually(() -> node.messages("things").size() > 5);
    }

    node.write(new Happened(thing, 6));
    eventually(() -> node.effects("reader", thing).contains(6));
    assertThat(node.effects("reader", thing)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void makesSlotAnewWhenItWasDroppedUnderIt() {
    node.jdbc
        .sql(
            """
            do $$ begin
              perform pg_terminate_backend(active_pid) from pg_replication_slots
                where database = current_database();
              while exists (select from pg_replication_slots
                  where database = current_database() and active) loop
              end loop;
              insert into outbox (id, aggregate, aggregate_id, type, payload)
                values (gen_random_uuid(), 'things', '%1$s', 'Happened', '{"thing":"%1$s","number":2}');
              perform pg_drop_replication_slot(slot_name) from pg_replication_slots
                where database = current_database();
            end $$
            """
                .formatted(thing))
        .update();

    eventually(() -> node.effects("reader", thing).contains(2));
    eventually(() -> slot() == RelaySlot.State.TAKEN);
    node.write(new Happened(thing, 3));
    eventually(() -> node.effects("reader", thing).contains(3));
    assertThat(node.effects("reader", thing)).containsExactly(1, 2, 3);
  }

  @Test
  void sendsPastTheLogWhatTheLogDidNotBring() {
    node.jdbc.sql("alter publication seonchak_outbox drop table outbox").update();
    node.write(new Happened(thing, 2));
    node.jdbc.sql("alter publication seonchak_outbox add table outbox").update();

    eventually(() -> {
      node.part(Upkeep.class).republish();
      return node.effects("reader", thing).contains(2) && node.unsent() == 0;
    });

    assertThat(node.effects("reader", thing)).containsExactly(1, 2);
  }

  @Test
  void waitsForKafka() {
    try (var late = new Node(database, Map.of())) {
      late.subscribe("latecomer");
      TestServers.kafka().close();
      try {
        late.start().withRelay().withSubscribers();
        node.write(new Happened(thing, 2), new Happened(thing, 3));
        assertThat(node.unsent()).isEqualTo(2);
      } finally {
        TestServers.kafka().start();
      }

      eventually(() -> node.effects("reader", thing).size() >= 3);
      assertThat(node.effects("reader", thing)).containsExactly(1, 2, 3);
      eventually(() -> late.effects("latecomer", thing).size() >= 3);
      assertThat(late.effects("latecomer", thing)).containsExactly(1, 2, 3);
      eventually(() -> node.unsent() == 0);
    }
  }

  @Test
  void findsPostgresAgain() {
    terminate("pid <> pg_backend_pid()");

    eventually(() -> written(2));
    eventually(() -> node.effects("reader", thing).size() >= 2);
    assertThat(node.effects("reader", thing)).containsExactly(1, 2);
  }

  @Test
  void letsGoOfLogWithoutEvents() {
    var before = node.jdbc.sql("select pg_current_wal_lsn()::text").query(String.class).single();

    node.jdbc
        .sql("create table noise as select repeat('x', 100) from generate_series(1, 50000)")
        .update();

    eventually(() ->
        node.jdbc
            .sql(
                """
                select confirmed_flush_lsn >= ?::pg_lsn + 5000000 from pg_replication_slots
                where database = current_database()
                """)
            .param(before)
            .query(Boolean.class)
            .single());
  }

  private Optional<Integer> readerOfSlot() {
    return node.jdbc
        .sql(
            """
            select active_pid from pg_replication_slots
            where database = current_database() and active_pid is not null
            """)
        .query(Integer.class)
        .optional();
  }

  private boolean written(int number) {
    try {
      node.write(new Happened(thing, number));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private RelaySlot.State slot() {
    var slot = node.part(RelaySlot.class);
    return slot.state(slot.name());
  }

  private void terminate(String which) {
    node.jdbc
        .sql(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and (%s)
            """
                .formatted(which))
        .query()
        .listOfRows();
  }

  private static void eventually(Callable<Boolean> condition) {
    await().pollInterval(Duration.ofMillis(20)).ignoreExceptions().atMost(SOON).until(condition);
  }
}
