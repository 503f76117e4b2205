package dev.seonchak.lab.ways;

import java.util.concurrent.Callable;

/** One holder at a time, as long as its promise holds. */
interface Mutex extends AutoCloseable {
  /** Does the work while holding what belongs to the pool. */
  Answer during(Hold hold, Callable<Answer> work) throws Exception;

  @Override
  default void close() {}
}
