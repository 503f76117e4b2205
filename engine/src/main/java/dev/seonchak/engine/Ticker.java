package dev.seonchak.engine;

import java.util.concurrent.TimeUnit;

/** Elapsed time, handed in so that a test can let it pass. It has nothing to do with any clock. */
public interface Ticker {

  /** The machine's own. */
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(nanos);
        }
      };

  /** Nanoseconds since some fixed moment; only differences mean anything. */
  long nanos();

  /** Lets so many nanoseconds pass. */
  void pause(long nanos) throws InterruptedException;
}
