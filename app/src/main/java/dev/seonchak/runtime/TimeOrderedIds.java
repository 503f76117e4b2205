package dev.seonchak.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Version 7 ids of RFC 9562: 48 bits of milliseconds, 12 bits of the millisecond's fraction (method
 * 3 of its section 6.2) and 62 bits that nobody can guess. Random bytes are drawn a block at a
 * time, since each draw from the system's generator costs more than all the rest. Thread-safe.
 */
final class TimeOrderedIds implements Ids {
  private static final int BLOCK = 2048;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final Clock clock;
  private final Source[] sources;

  TimeOrderedIds(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.sources =
        new Source[Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors())];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new Source(random);
    }
  }

  @Override
  public UUID next() {
    Instant now = clock.instant();
    long micros = Math.floorMod(now.getLong(ChronoField.MICRO_OF_SECOND), 1_000L);
    long high = (now.toEpochMilli() << 16) | 0x7000L | (micros << 12) / 1_000L;
    Source source = sources[(int) Thread.currentThread().threadId() & (sources.length - 1)];
    long low = (source.next() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** One block of random bytes, used up eight at a time. */
  private static final class Source {
    private final SecureRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] block = new byte[BLOCK];
    private int used = BLOCK;

    Source(SecureRandom random) {
      this.random = random;
    }

    long next() {
      lock.lock();
      try {
        if (used == BLOCK) {
          random.nextBytes(block);
          used = 0;
        }
        long value = (long) LONGS.get(block, used);
        used += Long.BYTES;
        return value;
      } finally {
        lock.unlock();
      }
    }
  }
}
