package dev.seonchak.events;

import java.sql.Connection;
import java.util.List;

/** Where an event is written in the transaction of the change that it tells of. */
public interface Outbox {
  /** Appends within the transaction that is current on this thread; refuses when there is none. */
  void append(List<? extends Event> events);

  /** Appends on a connection whose transaction the caller commits; for the allocation's batches. */
  void append(Connection connection, List<? extends Event> events);
}
