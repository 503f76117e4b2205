package dev.seonchak.lab.ways;

import java.util.concurrent.Callable;

/** {@code synchronized}: one at a time, in one process, and of it only who is inside the block. */
final class Monitor implements Mutex {
  @Override
  public synchronized Answer during(Hold hold, Callable<Answer> work) throws Exception {
    return work.call();
  }
}
