package dev.seonchak.lab.ways;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Lines kept in memory, one for each pool. */
final class HeapNumbers implements Numbers {
  private final Map<UUID, HeapLine> lines = new ConcurrentHashMap<>();

  @Override
  public void begin(PoolRow pool) {
    lines.put(pool.id(), new HeapLine(pool));
  }

  @Override
  public Answer take(Hold hold, PoolRow pool) {
    return line(pool.id()).take(hold);
  }

  @Override
  public void giveBack(Hold hold, Answer.Held taken) {
    line(hold.line().pool()).giveBack(hold, taken.sequences().getFirst());
  }

  @Override
  public long taken(PoolRow pool) {
    return line(pool.id()).taken();
  }

  private HeapLine line(UUID pool) {
    HeapLine line = lines.get(pool);
    if (line == null) {
      throw new IllegalStateException("begin comes first");
    }
    return line;
  }
}
