package dev.seonchak.lab.ways;

import java.sql.Connection;

/** One way of taking stock when everybody comes at once. */
public interface Way extends AutoCloseable {

  /**
   * Readies itself for a round: the workload has prepared the database, and nobody asks for a hold
   * yet. What a way needs beside the platform's rows, it makes here, so that no figure holds it.
   *
   * @param connection to the database, in no transaction
   */
  default void begin(Connection connection) throws Exception {}

  /**
   * Does the whole work of a hold and returns when the answer is certain. Called by as many virtual
   * threads at once as there are callers.
   *
   * @throws Exception when infrastructure broke and the outcome is not known
   */
  Answer hold(Hold hold) throws Exception;

  /**
   * Ends a round: all have their answers. What the way counts elsewhere it writes to where the
   * check looks, and what it promised and has not done yet it does now, as far as it can.
   *
   * @param connection to the database, in no transaction
   */
  default void end(Connection connection) throws Exception {}

  @Override
  void close();
}
