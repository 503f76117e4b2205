package dev.seonchak.lab.ways;

import dev.seonchak.events.postgres.DatabaseAddress;
import dev.seonchak.events.postgres.OutboxRow;
import dev.seonchak.events.postgres.OutboxStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The platform's own outbox, read by Debezium as the platform reads it, and sent to a topic. */
final class PaidOutbox implements AutoCloseable {
  private final Database database;
  private final String slot;
  private final Topic<Paid> topic;
  private final int partitions;
  private final OutboxStream stream;
  private final Thread thread;

  PaidOutbox(Servers servers, Database database, Topic<Paid> topic, int partitions) {
    this.database = database;
    this.topic = topic;
    this.partitions = partitions;
    slot = makeSlot(database);
    stream =
        new OutboxStream(
            slot,
            new DatabaseAddress(servers.jdbcUrl(), servers.user(), servers.password()),
            this::send);
    thread = Thread.ofPlatform().name("lab-outbox").daemon().start(() -> ended(stream.run()));
  }

  private static void ended(@Nullable Throwable failure) {
    if (failure != null) {
      throw new IllegalStateException("the outbox is not read any more", failure);
    }
  }

  /** A slot only knows what comes after it, so it is there before the first row. */
  private static String makeSlot(Database database) {
    String slot = "lab_" + UUID.randomUUID().toString().replace('-', '_');
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      statement.execute("delete from relay_offsets");
      connection.commit();
      statement.execute(
          "select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
      connection.commit();
      return slot;
    } catch (SQLException e) {
      throw new IllegalStateException("the slot cannot be made", e);
    }
  }

  static void add(Connection connection, Hold hold) throws SQLException {
    String sql =
        "insert into outbox (id, aggregate, aggregate_id, type, payload) values (?, 'order', ?, 'OrderPaid', '{}')";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, UUID.randomUUID());
      statement.setObject(2, hold.order());
      statement.executeUpdate();
    }
  }

  private void send(List<OutboxRow> rows) throws InterruptedException {
    List<Future<?>> sent = new ArrayList<>(rows.size());
    for (OutboxRow row : rows) {
      UUID order = row.aggregateId();
      sent.add(topic.send(Math.floorMod(order.hashCode(), partitions), new Paid(order)));
    }
    try {
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka did not take it", e);
    }
  }

  @Override
  public void close() {
    stream.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dropSlot();
  }

  /** A slot that nobody reads holds back the log for ever. */
  private void dropSlot() {
    String sql =
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ? and not active";
    try (Connection connection = database.connection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, slot);
      statement.execute();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the slot cannot be dropped", e);
    }
  }
}
