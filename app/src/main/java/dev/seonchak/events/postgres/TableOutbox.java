package dev.seonchak.events.postgres;

import dev.seonchak.events.Event;
import dev.seonchak.events.EventJson;
import dev.seonchak.events.Outbox;
import dev.seonchak.runtime.Ids;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes events as rows of the outbox, all of one call with one statement. Safe for any thread. */
@Component
final class TableOutbox implements Outbox {
  /**
   * Kafka takes messages of 1 MiB; an event near that is a mistake, and would stop those behind it.
   */
  private static final int PAYLOAD_BYTES_MAX = 512 * 1024;

  private static final String INSERT =
      """
      insert into outbox (id, aggregate, aggregate_id, type, payload)
      select * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[])
      """;

  private final DataSource dataSource;
  private final Ids ids;

  TableOutbox(DataSource dataSource, Ids ids) {
    this.dataSource = dataSource;
    this.ids = ids;
  }

  @Override
  public void append(List<? extends Event> events) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()
        || !TransactionSynchronizationManager.hasResource(dataSource)) {
      throw new IllegalStateException(
          "Events are written in the transaction of the change they tell of; there is none.");
    }
    insert(DataSourceUtils.getConnection(dataSource), events);
  }

  @Override
  public void append(Connection connection, List<? extends Event> events) {
    insert(connection, events);
  }

  private void insert(Connection connection, List<? extends Event> events) {
    if (events.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(INSERT)) {
      if (connection.getAutoCommit()) {
        throw new IllegalStateException(
            "The connection commits each statement; an event needs a transaction.");
      }
      var payloads = events.stream().map(TableOutbox::payload).toArray(String[]::new);
      statement.setArray(1, connection.createArrayOf("uuid", each(events, event -> ids.next())));
      statement.setArray(2, connection.createArrayOf("text", each(events, Event::aggregate)));
      statement.setArray(3, connection.createArrayOf("uuid", each(events, Event::aggregateId)));
      statement.setArray(
          4, connection.createArrayOf("text", each(events, e -> EventJson.type(e.getClass()))));
      statement.setArray(5, connection.createArrayOf("text", payloads));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new UncategorizedSQLException("append to the outbox", INSERT, e);
    }
  }

  private static Object[] each(List<? extends Event> events, Function<Event, Object> column) {
    return events.stream().map(column).toArray();
  }

  private static String payload(Event event) {
    var json = EventJson.write(event);
    if (json.getBytes(StandardCharsets.UTF_8).length > PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "A %s of more than %d bytes."
              .formatted(EventJson.type(event.getClass()), PAYLOAD_BYTES_MAX));
    }
    return json;
  }
}
