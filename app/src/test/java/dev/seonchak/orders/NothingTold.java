package dev.seonchak.orders;

import dev.seonchak.events.Event;
import dev.seonchak.events.Outbox;
import java.sql.Connection;
import java.util.List;

/** An outbox for holds, which tell nothing yet. */
final class NothingTold implements Outbox {
  @Override
  public void append(List<? extends Event> events) {
    throw new IllegalStateException("nothing is told here");
  }

  @Override
  public void append(Connection connection, List<? extends Event> events) {
    throw new IllegalStateException("nothing is told here");
  }
}
