package dev.seonchak.lab.ways;

/** Stock, and units per person, counted outside the database; safe for all callers at once. */
interface Numbers extends AutoCloseable {
  /** Goes on where the row says that the pool is; people begin with nothing. */
  void begin(PoolRow pool) throws Exception;

  /** Takes the units of a hold of one line, with a number. */
  Answer take(Hold hold, PoolRow pool) throws Exception;

  /** Undoes a taking whose rows could not be written. */
  void giveBack(Hold hold, Answer.Held taken) throws Exception;

  /** Units taken so far. */
  long taken(PoolRow pool) throws Exception;

  @Override
  default void close() {}
}
