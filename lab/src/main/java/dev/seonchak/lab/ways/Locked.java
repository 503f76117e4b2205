package dev.seonchak.lab.ways;

/**
 * Reads without a lock, decides, writes the result over whatever stands there, and trusts a lock
 * outside the database to be alone meanwhile. Everything depends on where the lock ends: after the
 * commit, or before.
 */
final class Locked implements Way {
  private final Database database;
  private final Mutex mutex;
  private final boolean inTransaction;
  private final ReadAndWrite work;

  private Locked(Database database, Mutex mutex, boolean inTransaction, Seam seam) {
    this.database = database;
    this.mutex = mutex;
    this.inTransaction = inTransaction;
    work = new ReadAndWrite(PoolRow::read, PoolRow::overwrite, seam);
  }

  /** Right: whoever comes next reads what was committed. */
  static Locked around(Servers servers, int connections, Mutex mutex, Seam seam) {
    return new Locked(Database.ofTransactions(servers, connections, seam), mutex, false, seam);
  }

  /**
   * Wrong: what begins and ends the transaction stands around the method that locks, as a proxy
   * does, so the next one enters before the commit and reads what was.
   */
  static Locked inTransaction(Servers servers, int connections, Mutex mutex, Seam seam) {
    return new Locked(Database.ofTransactions(servers, connections, seam), mutex, true, seam);
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    return inTransaction
        ? database.hold(hold, connection -> mutex.during(hold, () -> work.decide(connection, hold)))
        : mutex.during(
            hold, () -> database.hold(hold, connection -> work.decide(connection, hold)));
  }

  @Override
  public void close() {
    database.close();
    mutex.close();
  }
}
