package dev.seonchak.lab.ways;

/** {@code synchronized}: one at a time, in one process, and of it only who is inside the block. */
final class Monitor implements Locked.Mutex {
  @Override
  public synchronized Answer during(Hold hold, Locked.Work work) throws Exception {
    return work.done();
  }
}
