package dev.seonchak.lab.ways;

/** One way of a whole purchase: reserve, pay, confirm. */
public interface Purchase extends AutoCloseable {

  /**
   * Returns when the buyer may be told how it ended; called by as many virtual threads at once as
   * there are buyers.
   *
   * @return whether it is reserved and paid; confirmed it may be later
   */
  boolean buy(Hold hold) throws Exception;

  /** Waits until all that was paid is confirmed, as far as it ever will be. */
  void settle() throws Exception;

  @Override
  void close();
}
