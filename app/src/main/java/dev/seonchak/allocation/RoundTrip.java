package dev.seonchak.allocation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several statements sent together, so that a small batch does not pay the way to the server and
 * back for each of them.
 *
 * <p>The server runs them one after the other, each with a snapshot of its own, exactly as if they
 * had been sent one by one. Statements are sent before answers are read, so what answers with many
 * rows belongs at the end.
 */
public final class RoundTrip {
  private RoundTrip() {}

  /**
   * One statement.
   *
   * @param parameters in the order of its question marks
   */
  public record Step(String sql, List<?> parameters, Result result) {}

  /** What is done with the current result of the statement; it need not be closed. */
  @FunctionalInterface
  public interface Result {
    void take(PreparedStatement statement) throws SQLException;
  }

  /** What is done with each row of a result. */
  @FunctionalInterface
  public interface Row {
    void take(ResultSet row) throws SQLException;
  }

  /** A statement that answers with rows. */
  public static Step rows(String sql, List<?> parameters, Row each) {
    return new Step(
        sql,
        parameters,
        statement -> {
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              each.take(rows);
            }
          }
        });
  }

  /** Sends all of them, and hands each its result in turn. */
  public static void send(Connection connection, List<Step> steps) throws SQLException {
    String sql = steps.stream().map(Step::sql).collect(Collectors.joining(";\n"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = 1;
      for (Step step : steps) {
        for (Object parameter : step.parameters()) {
          statement.setObject(next++, parameter);
        }
      }
      statement.execute();
      for (Step step : steps) {
        step.result().take(statement);
        statement.getMoreResults();
      }
    }
  }
}
