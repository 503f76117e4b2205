package dev.seonchak.events.kafka;

import static org.awaitility.Awaitility.await;

import dev.seonchak.embedded.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of an event from a committed row to its effect. */
class EventsIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final UUID thing = UUID.randomUUID();
  private TestServers.Database database;
  private Node node;

  @BeforeEach
  void freshDatabase() {
    database = Node.freshDatabase();
    node = new Node(database, Map.of());
  }

  @AfterEach
  void freeSlot() {
    node.close();
    try (var last = new Node(database, Map.of())) {
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() ->
              last.jdbc
                  .sql(
                      """
                      select pg_drop_replication_slot(slot_name) from pg_replication_slots
                      where database = current_database()
                      """)
                  .query()
                  .listOfRows()
                  .isEmpty());
    }
  }

  @Test
  void carriesCommittedEventToItsEffectOnce() {
    node.subscribe("reader");
    node.start().withRelay().withSubscribers();

    node.write(new Happened(thing, 1));

    await().atMost(SOON).until(() -> node.effects("reader", thing).equals(List.of(1)));
    await().atMost(SOON).until(() -> node.unsent() == 0);
  }
}
