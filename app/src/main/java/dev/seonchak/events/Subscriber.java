package dev.seonchak.events;

/**
 * What a module does when an event arrives. Called in a transaction that also writes the inbox row,
 * so however often the event comes, its effect happens once. Throw to have it tried again with
 * back-off and, at last, set aside on the dead-letter topic.
 */
public interface Subscriber<E extends Event> {
  /** A stable name, unique in the platform: part of the inbox key. */
  String name();

  /** The aggregate whose topic is read, as in {@link Event#aggregate()}. */
  String aggregate();

  /** The event that is wanted; others on the topic are passed over. */
  Class<E> event();

  void on(E event);
}
