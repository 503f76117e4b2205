package dev.seonchak.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.seonchak.embedded.TestServers;
import dev.seonchak.events.Outbox;
import dev.seonchak.events.postgres.OutboxTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** The way of an event from a committed row to its effect. */
class EventsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

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
    Node.freeSlot(database);
  }

  @Test
  void carriesCommittedEventToItsEffectOnce() {
    node.subscribe("reader");
    node.start().withRelay().withSubscribers();

    node.write(new Happened(thing, 1));

    eventually(() -> node.effects("reader", thing).equals(List.of(1)));
    eventually(() -> node.unsent() == 0);
  }

  @Test
  void sendsNothingOfWhatWasRolledBack() {
    node.subscribe("reader");
    node.start().withRelay().withSubscribers();

    node.transactions.executeWithoutResult(status -> {
      node.part(Outbox.class).append(List.of(new Happened(thing, 1)));
      status.setRollbackOnly();
    });
    node.write(new Happened(thing, 2));

    eventually(() -> node.effects("reader", thing).contains(2));
    assertThat(node.effects("reader", thing)).containsExactly(2);
  }

  @Test
  void refusesEventOutsideTransaction() {
    node.start();
    var outbox = node.part(Outbox.class);

    assertThatThrownBy(() -> outbox.append(List.of(new Happened(thing, 1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keepsOrderOfEachAggregate() {
    node.subscribe("reader");
    node.start().withRelay().withSubscribers();
    var things = Stream.generate(UUID::randomUUID).limit(6).toList();
    var numbers = IntStream.range(0, 60).boxed().toList();

    things.parallelStream()
        .forEach(each -> numbers.forEach(number -> node.write(new Happened(each, number))));

    eventually(() -> things.stream().allMatch(each -> node.effects("reader", each).size() >= 60));
    for (var each : things) {
      assertThat(node.effects("reader", each)).isEqualTo(numbers);
    }
  }

  @Test
  void handlesEventOnceHoweverOftenItComes() throws Exception {
    var reader = node.subscribe("reader");
    node.start();
    node.write(new Happened(thing, 1), new Happened(thing, 2));
    var sender = node.part(Sender.class);
    var messages =
        node.part(OutboxTable.class).unsent(Duration.ZERO, 10).stream()
            .map(sender::message)
            .toList();

    for (int time = 0; time < 3; time++) {
      sender.send(messages);
    }
    node.withRelay().withSubscribers();

    eventually(() -> node.unsent() == 0);
    node.write(new Happened(thing, 3));
    eventually(() -> node.effects("reader", thing).contains(3));
    assertThat(node.effects("reader", thing)).containsExactly(1, 2, 3);
    assertThat(reader.calls).hasValue(3);
  }

  @Test
  void deliversWhatWasWrittenWhileNoRelayRan() {
    node.subscribe("reader");
    node.start();
    node.write(new Happened(thing, 1), new Happened(thing, 2));
    node.withRelay().withSubscribers();
    eventually(() -> node.effects("reader", thing).size() == 2);
    node.relay().close();
    node.write(new Happened(thing, 3));

    try (var next = new Node(database, Map.of()).start().withRelay()) {
      eventually(() -> next.unsent() == 0);
      eventually(() -> node.effects("reader", thing).size() >= 3);
    }

    assertThat(node.effects("reader", thing)).containsExactly(1, 2, 3);
  }

  @Test
  void retriesUntilItWorks() {
    var reader = node.subscribe("reader");
    reader.fails = event -> reader.calls.get() < 3;
    node.start().withRelay().withSubscribers();

    node.write(new Happened(thing, 1));

    eventually(() -> node.effects("reader", thing).equals(List.of(1)));
    assertThat(reader.calls).hasValue(3);
  }

  @Test
  void waitsOutAnOutageHoweverLong() {
    var reader = node.subscribe("reader");
    reader.fails =
        event -> {
          if (reader.calls.get() < 7) {
            throw new DataAccessResourceFailureException("The database is gone");
          }
          return false;
        };
    node.start().withRelay().withSubscribers();

    node.write(new Happened(thing, 1));

    eventually(() -> node.effects("reader", thing).equals(List.of(1)));
    assertThat(reader.calls).hasValue(7);
  }

  @Test
  void setsAsideWhatCannotBeHandledAndReplaysIt() throws Exception {
    var bad = node.subscribe("bad");
    node.subscribe("good");
    bad.fails = event -> event.thing().equals(thing) && event.number() == 2;
    node.start().withRelay().withSubscribers();
    var other = UUID.randomUUID();

    node.write(new Happened(thing, 1), new Happened(thing, 2), new Happened(thing, 3));
    node.write(new Happened(other, 1));

    eventually(() -> node.effects("good", thing).size() == 3);
    eventually(() -> node.effects("bad", thing).equals(List.of(1, 3)));
    eventually(() -> node.effects("bad", other).equals(List.of(1)));
    assertThat(bad.calls).hasValue(3 + 4);
    var dead = node.messages("things.dead");
    assertThat(dead).hasSize(1);
    assertThat(Headers.text(dead.getFirst(), Headers.SUBSCRIBER)).isEqualTo("bad");
    assertThat(Headers.text(dead.getFirst(), Headers.REASON)).contains("Cannot stand number 2");
    assertThat(Headers.text(dead.getFirst(), Headers.ATTEMPTS)).isEqualTo("4");

    bad.fails = event -> false;
    assertThat(node.part(DeadLetters.class).replay("things")).hasValue(1);

    eventually(() -> node.effects("bad", thing).equals(List.of(1, 3, 2)));
    assertThat(node.effects("good", thing)).containsExactly(1, 2, 3);
    assertThat(node.part(DeadLetters.class).replay("things")).hasValue(0);
    assertThat(node.part(DeadLetters.class).replay("nothings")).isEmpty();
  }

  @Test
  void setsAsideAtOnceWhatCannotBeReadAndPassesOverWhatItDoesNotKnow() {
    var reader = node.subscribe("reader");
    node.start().withRelay().withSubscribers();

    node.insert(thing, "Happened", "{\"thing\": 7");
    node.insert(thing, "SomethingNew", "{}");
    node.write(new Happened(thing, 1));

    eventually(() -> node.effects("reader", thing).equals(List.of(1)));
    assertThat(reader.calls).hasValue(1);
    var dead = node.messages("things.dead");
    assertThat(dead).hasSize(1);
    assertThat(Headers.text(dead.getFirst(), Headers.ATTEMPTS)).isEqualTo("1");
  }

  private static void eventually(Callable<Boolean> condition) {
    await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(condition);
  }
}
