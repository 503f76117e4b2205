package dev.seonchak.lab.ways;

import java.util.OptionalLong;

/** Stock that is counted outside the database; safe for all callers at once. */
interface Numbers extends AutoCloseable {
  /** Goes on where the row says that the pool is. */
  void begin(PoolRow pool) throws Exception;

  /** Takes the units of a line; its number, or empty when there are not so many left. */
  OptionalLong take(Hold.Line line) throws Exception;

  /** Undoes a taking whose rows could not be written. */
  void giveBack(Hold.Line line, long number) throws Exception;

  /** Units taken so far. */
  long taken(PoolRow pool) throws Exception;

  @Override
  default void close() {}
}
