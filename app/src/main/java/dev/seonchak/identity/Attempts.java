package dev.seonchak.identity;

import java.time.Duration;

/** Counts how often something was tried within a window of time that begins with the first try. */
public interface Attempts {
  /** Counts one more and answers how many there are now, this one included. */
  int add(String key, Duration window);

  /** How many there are. */
  int count(String key);

  void forget(String key);
}
