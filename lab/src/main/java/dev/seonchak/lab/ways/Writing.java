package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.SQLException;

/** How the counters of a row that was read are written; false when they must not be. */
@FunctionalInterface
interface Writing {
  boolean of(PoolRow row, Connection connection, Hold.Line line) throws SQLException;
}
