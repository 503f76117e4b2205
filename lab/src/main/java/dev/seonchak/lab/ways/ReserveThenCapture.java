package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reserve in a transaction of its own, ask the payment company outside any, write down that it is
 * paid together with the news of it, and let consumers confirm: nothing waits for another company
 * but the buyer who pays.
 */
final class ReserveThenCapture implements Purchase {
  private static final int CONNECTIONS = 8;
  private static final int CONSUMERS = 4;
  private static final int BATCH_MAX = 100;
  private static final Duration SETTLE_MAX = Duration.ofSeconds(30);

  private final Way reserve;
  private final Gateway gateway;
  private final Database database;
  private final Topic<Paid> topic;
  private final PaidOutbox outbox;
  private final List<Batches<Paid>> consumers = new ArrayList<>();
  private final AtomicLong paid = new AtomicLong();
  private final AtomicLong confirmed = new AtomicLong();

  ReserveThenCapture(Servers servers, Way reserve, Gateway gateway) {
    this.reserve = reserve;
    this.gateway = gateway;
    database = Database.ofTransactions(servers, CONNECTIONS);
    topic = new Topic<>(servers, "paid", Paid.class, CONSUMERS, Topic.LINGER);
    outbox = new PaidOutbox(servers, database, topic, CONSUMERS);
    for (int i = 0; i < CONSUMERS; i++) {
      consumers.add(new Batches<>(topic, i, BATCH_MAX, this::confirm));
    }
  }

  @Override
  public boolean buy(Hold hold) throws Exception {
    Answer reserved = reserve.hold(hold);
    if (!(reserved instanceof Answer.Held)) {
      return false;
    }
    gateway.approve(hold.order(), hold.amount());
    try (Connection connection = database.connection()) {
      Paid.mark(connection, hold.order());
      PaidOutbox.add(connection, hold);
      connection.commit();
    }
    paid.incrementAndGet();
    return true;
  }

  private void confirm(List<Paid> batch) throws SQLException {
    try (Connection connection = database.connection()) {
      int more = Paid.confirm(connection, batch);
      connection.commit();
      confirmed.addAndGet(more);
    }
  }

  @Override
  public void settle() throws InterruptedException {
    long until = System.nanoTime() + SETTLE_MAX.toNanos();
    while (confirmed.get() < paid.get() && System.nanoTime() - until < 0) {
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    outbox.close();
    consumers.forEach(Batches::close);
    topic.close();
    reserve.close();
    database.close();
  }
}
