package dev.seonchak.lab.ways;

/**
 * Locks nothing while it reads and decides; the write says which version it was computed from. Who
 * comes second has worked for nothing and begins again, as often as it takes: most of the work
 * under contention is work that is thrown away.
 */
final class Optimistic implements Way {
  private final Database database;
  private final ReadAndWrite work;

  Optimistic(Servers servers, int connections) {
    database = Database.ofTransactions(servers, connections);
    work = new ReadAndWrite(PoolRow::read, PoolRow::overwriteUnchanged, Seam.NONE);
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    while (true) {
      Answer answer = database.hold(hold, connection -> work.decide(connection, hold));
      if (!answer.equals(ReadAndWrite.CHANGED)) {
        return answer;
      }
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
