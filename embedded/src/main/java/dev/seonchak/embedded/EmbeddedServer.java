package dev.seonchak.embedded;

import java.util.function.Consumer;

/** One real server on loopback that belongs to this process and keeps its data in a folder. */
public interface EmbeddedServer extends AutoCloseable {

  Part part();

  /** Name and version, such as "PostgreSQL 18.6". */
  String name();

  /** Host and port; known once the server has started. */
  String address();

  /**
   * Starts the server and returns when it answers. First repairs what a killed predecessor left
   * behind. May be called again after the server has exited on its own.
   *
   * @throws CannotStart with one sentence that says why
   */
  void start();

  boolean isAlive();

  /**
   * Calls the listener, on some thread, whenever the server ends without having been closed, and at
   * once when it has just done so. The argument is one sentence that says what happened.
   */
  void onExit(Consumer<String> listener);

  /** Stops the server within some seconds. Does nothing when it is not running. */
  @Override
  void close();
}
