package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.util.concurrent.atomic.AtomicLong;

/** Two of a way behind a load balancer: whatever each keeps to itself, the other does not know. */
final class TwoProcesses implements Way {
  private final Way one;
  private final Way other;
  private final AtomicLong asked = new AtomicLong();

  TwoProcesses(Way one, Way other) {
    this.one = one;
    this.other = other;
  }

  @Override
  public void begin(Connection connection) throws Exception {
    one.begin(connection);
    other.begin(connection);
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    return (asked.getAndIncrement() % 2 == 0 ? one : other).hold(hold);
  }

  @Override
  public void end(Connection connection) throws Exception {
    one.end(connection);
    other.end(connection);
  }

  @Override
  public void close() {
    one.close();
    other.close();
  }
}
