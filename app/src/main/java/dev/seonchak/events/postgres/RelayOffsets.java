package dev.seonchak.events.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in PostgreSQL how far Debezium has read. Debezium makes it by its class name, so it gets
 * the database's address from Debezium's own settings and has a connection of its own.
 */
public final class RelayOffsets extends MemoryOffsetBackingStore {
  static final String URL = "offset.storage.url";
  static final String USER = "offset.storage.user";
  static final String PASSWORD = "offset.storage.password";

  private static final String TIMEOUT_SECONDS = "4";

  private final Map<String, String> written = new HashMap<>();
  private Map<String, Object> settings = Map.of();
  private @Nullable Connection connection;

  @Override
  public void configure(WorkerConfig config) {
    super.configure(config);
    settings = config.originals();
  }

  @Override
  public synchronized void start() {
    super.start();
    try (var statement = connection().createStatement();
        var rows = statement.executeQuery("select source, position from relay_offsets")) {
      while (rows.next()) {
        written.put(rows.getString(1), rows.getString(2));
        data.put(bytes(rows.getString(1)), bytes(rows.getString(2)));
      }
    } catch (SQLException e) {
      throw new ConnectException("Cannot read the relay's offsets", e);
    }
  }

  @Override
  protected synchronized void save() {
    try {
      for (var entry : data.entrySet()) {
        var source = text(entry.getKey());
        var position = text(entry.getValue());
        if (!position.equals(written.get(source))) {
          write(connection(), source, position);
          written.put(source, position);
        }
      }
    } catch (SQLException e) {
      close();
      throw new ConnectException("Cannot write the relay's offsets", e);
    }
  }

  private static void write(Connection connection, String source, String position)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            insert into relay_offsets (source, position) values (?, ?)
            on conflict (source) do update set position = excluded.position, at = now()
            """)) {
      statement.setString(1, source);
      statement.setString(2, position);
      statement.executeUpdate();
    }
  }

  @Override
  public void stop() {
    super.stop();
    close();
  }

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connectorName) {
    return Set.of();
  }

  private Connection connection() throws SQLException {
    var open = connection;
    if (open == null || open.isClosed()) {
      var properties = new Properties();
      properties.setProperty("user", (String) settings.get(USER));
      properties.setProperty("password", (String) settings.get(PASSWORD));
      properties.setProperty("ApplicationName", "seonchak relay offsets");
      // Debezium waits for an offset that is being written, so it must not be written for ever.
      properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
      properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
      open = DriverManager.getConnection((String) settings.get(URL), properties);
      connection = open;
    }
    return open;
  }

  private synchronized void close() {
    var open = connection;
    connection = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      throw new ConnectException("Cannot close the connection of the relay's offsets", e);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
