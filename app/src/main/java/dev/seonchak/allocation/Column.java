package dev.seonchak.allocation;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One column of many rows as one parameter, for {@code unnest}; they travel in binary. For ids
 * there is {@link UuidArray}.
 */
public final class Column {
  private Column() {}

  /** A parameter of type bigint[]. */
  public static <T> Array bigints(Connection connection, List<T> rows, ToLongFunction<T> value)
      throws SQLException {
    return array(connection, "int8", rows.stream().mapToLong(value).toArray());
  }

  /** A parameter of type int[]. */
  public static <T> Array integers(Connection connection, List<T> rows, ToIntFunction<T> value)
      throws SQLException {
    return array(connection, "int4", rows.stream().mapToInt(value).toArray());
  }

  /** A parameter of type text[]. */
  public static <T> Array texts(
      Connection connection, List<T> rows, Function<T, @Nullable String> value)
      throws SQLException {
    return array(connection, "text", rows.stream().map(value).toArray(String[]::new));
  }

  private static Array array(Connection connection, String type, Object values)
      throws SQLException {
    return connection.unwrap(PGConnection.class).createArrayOf(type, values);
  }
}
