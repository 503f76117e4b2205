package dev.seonchak.lab.ways;

/**
 * Locks the pool's row, reads it, decides, writes. Everybody else waits from the lock until the
 * commit has reached the disk: six round trips and one fsync per buyer, one buyer after the other.
 */
final class Pessimistic implements Way {
  private final Database database;
  private final ReadAndWrite work;

  Pessimistic(Servers servers, int connections) {
    database = Database.ofTransactions(servers, connections);
    work = new ReadAndWrite(PoolRow::lock, PoolRow::overwrite, Seam.NONE);
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    return database.hold(hold, connection -> work.decide(connection, hold));
  }

  @Override
  public void close() {
    database.close();
  }
}
