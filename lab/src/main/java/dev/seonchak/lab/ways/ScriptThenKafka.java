package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A script in Redis decides, the winner is told so at once, a message goes to Kafka, and a consumer
 * inserts batches. Fast, since nothing is on disk when the answer is given: whatever ends before
 * the insert, the process with its buffer or Redis with its memory, takes sold units with it.
 */
final class ScriptThenKafka implements Way {
  private static final int BATCH_MAX = 1_000;
  private static final Duration DRAIN_MAX = Duration.ofSeconds(60);

  private final Database database;
  private final RedisScript script;
  private final Topic<Won> topic;
  private final Batches<Won> batches;
  private final Set<UUID> pools = ConcurrentHashMap.newKeySet();
  private final AtomicLong won = new AtomicLong();
  private final AtomicLong inserted = new AtomicLong();

  ScriptThenKafka(Servers servers) {
    this(servers, Topic.LINGER);
  }

  /**
   * @param linger how long a message waits in the producer for company
   */
  ScriptThenKafka(Servers servers, Duration linger) {
    database = Database.ofTransactions(servers, 1);
    script = new RedisScript(servers);
    topic = new Topic<>(servers, "won", Won.class, 1, linger);
    batches = new Batches<>(topic, 0, BATCH_MAX, this::insert);
  }

  @Override
  public void begin(Connection connection) throws Exception {
    for (UUID before : pools) {
      script.forget(before);
    }
    pools.clear();
    for (PoolRow pool : PoolRow.all(connection)) {
      pools.add(pool.id());
      script.begin(pool);
    }
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    Answer answer = script.take(hold);
    if (answer instanceof Answer.Held held && held.order().equals(hold.order())) {
      won.incrementAndGet();
      // Nobody waits for it, which is the point.
      var _ = topic.send(0, new Won(hold, held.sequences().getFirst()));
    }
    return answer;
  }

  private void insert(List<Won> batch) throws SQLException {
    try (Connection connection = database.connection();
        PreparedStatement claims = connection.prepareStatement(Rows.CLAIM);
        PreparedStatement orders = connection.prepareStatement(Rows.ORDER);
        PreparedStatement counts = connection.prepareStatement(COUNT)) {
      for (Won one : batch) {
        Hold hold = one.hold();
        Rows.bindClaim(claims, hold, hold.line(), one.sequence());
        claims.addBatch();
        Rows.bindOrder(orders, hold, List.of(one.sequence()));
        orders.addBatch();
        counts.setInt(1, hold.line().quantity());
        counts.setObject(2, hold.line().pool());
        counts.addBatch();
      }
      claims.executeBatch();
      orders.executeBatch();
      counts.executeBatch();
      connection.commit();
    }
    inserted.addAndGet(batch.size());
  }

  private static final String COUNT =
      "update pools set taken = taken + ?, next_sequence = next_sequence + 1 where id = ?";

  /** Waits until all that was promised is in the tables, as far as it ever will be. */
  @Override
  public void end(Connection connection) throws Exception {
    long until = System.nanoTime() + DRAIN_MAX.toNanos();
    while (inserted.get() < won.get() && batches.isRunning() && System.nanoTime() - until < 0) {
      Thread.sleep(10);
    }
  }

  /** What the end of the process does, for whoever wants to see what is lost. */
  void breakOff() {
    topic.breakOff();
    batches.close();
  }

  @Override
  public void close() {
    batches.close();
    topic.close();
    script.close();
    database.close();
  }
}
