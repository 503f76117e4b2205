package dev.seonchak.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to know that a server has ended without having been closed. One who asks only after it
 * has ended hears of it at once. Thread-safe; listeners are called without any lock.
 */
final class Exits {
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private @Nullable String ended;

  void listen(Consumer<String> listener) {
    String missed;
    synchronized (this) {
      listeners.add(listener);
      missed = ended;
    }
    if (missed != null) {
      listener.accept(missed);
    }
  }

  /** The server begins to start, or is closed: what was is over. */
  synchronized void forget() {
    ended = null;
  }

  void tell(String sentence) {
    List<Consumer<String>> told;
    synchronized (this) {
      ended = sentence;
      told = List.copyOf(listeners);
    }
    told.forEach(listener -> listener.accept(sentence));
  }
}
