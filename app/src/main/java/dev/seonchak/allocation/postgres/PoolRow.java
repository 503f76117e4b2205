package dev.seonchak.allocation.postgres;

import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.Pool;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A row of pools as a result has it: id, group_id, capacity, taken, next_sequence,
 * limit_per_claimant, opens_at, closes_at.
 */
final class PoolRow {
  /** A pool that is not published opens never. */
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private PoolRow() {}

  /**
   * @param first the number of the column that has the id
   */
  static Pool at(ResultSet row, int first) throws SQLException {
    int limit = row.getInt(first + 5);
    boolean unlimited = row.wasNull();
    OffsetDateTime opens = row.getObject(first + 6, OffsetDateTime.class);
    OffsetDateTime closes = row.getObject(first + 7, OffsetDateTime.class);
    return new Pool(
        new PoolId(row.getObject(first, UUID.class)),
        new GroupId(row.getObject(first + 1, UUID.class)),
        row.getLong(first + 2),
        row.getLong(first + 3),
        row.getLong(first + 4),
        new Window(
            opens == null ? NEVER : opens.toInstant(), closes == null ? null : closes.toInstant()),
        unlimited ? Pool.NO_LIMIT : limit);
  }
}
