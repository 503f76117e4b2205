package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What the platform's tables refuse by themselves, whatever a way does: a number given twice, and a
 * counter beyond the capacity. Tables of those who wrote the wrong ways had no such guards, and
 * with them each mistake would be an exception.
 */
public final class Guards {
  private Guards() {}

  /** Takes them from a database in which wrong ways are measured. */
  public static void remove(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          alter table claims drop constraint claims_pkey;
          create index claims_number on claims (pool_id, sequence);
          alter table pools drop constraint pools_check
          """);
    }
  }
}
