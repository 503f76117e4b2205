package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Reserve and pay in one transaction, under a lock in Redis and the lock of the row, one purchase
 * after the other as a consumer takes them from a topic in batches of a hundred. Connection, row
 * and lock all wait for another company.
 */
final class LockAndBatch implements Purchase {
  private static final int BATCH_MAX = 100;
  private static final long ANSWER_SECONDS_MAX = 120;

  private final Database database;
  private final Mutex mutex;
  private final Gateway gateway;
  private final ReadAndWrite work;
  private final Topic<Hold> topic;
  private final Batches<Hold> batches;
  private final Map<UUID, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();

  LockAndBatch(Servers servers, Gateway gateway) {
    this.gateway = gateway;
    database = Database.ofTransactions(servers, 2);
    mutex = RedisLock.renewed(servers);
    work = new ReadAndWrite(PoolRow::lock, PoolRow::overwrite, Seam.NONE);
    topic = new Topic<>(servers, "purchases", Hold.class, 1, Topic.LINGER);
    batches = new Batches<>(topic, 0, BATCH_MAX, this::purchase);
  }

  @Override
  public boolean buy(Hold hold) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(hold.order(), answer);
    var _ = topic.send(0, hold);
    return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS) instanceof Answer.Held;
  }

  private void purchase(List<Hold> batch) throws Exception {
    for (Hold hold : batch) {
      Answer answer =
          mutex.during(hold, () -> database.hold(hold, connection -> purchase(connection, hold)));
      CompletableFuture<Answer> caller = waiting.remove(hold.order());
      if (caller != null) {
        caller.complete(answer);
      }
    }
  }

  private Answer purchase(Connection connection, Hold hold) throws Exception {
    Answer answer = work.decide(connection, hold);
    if (answer instanceof Answer.Held) {
      gateway.approve(hold.order(), hold.amount());
      Paid.mark(connection, hold.order());
      var _ = Paid.confirm(connection, List.of(new Paid(hold.order())));
    }
    return answer;
  }

  /** Who was answered was confirmed before. */
  @Override
  public void settle() {}

  @Override
  public void close() {
    batches.close();
    topic.close();
    mutex.close();
    database.close();
  }
}
