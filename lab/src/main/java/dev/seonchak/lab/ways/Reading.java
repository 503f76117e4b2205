package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** How a pool's row is read. */
@FunctionalInterface
interface Reading {
  PoolRow of(Connection connection, UUID pool) throws SQLException;
}
