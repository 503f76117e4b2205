package dev.seonchak.acceptance;

import java.io.Console;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bar on the terminal for one phase; in a file or pipe, where a line cannot be redrawn, only its
 * end.
 */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 32;

  private final PrintStream out;
  private final String phase;
  private final int total;
  private final boolean terminal = isTerminal();
  private final long began = System.nanoTime();
  private final AtomicInteger done = new AtomicInteger();
  private int drawn = -1;

  Progress(PrintStream out, String phase, int total) {
    this.out = out;
    this.phase = phase;
    this.total = total;
  }

  // The compiler's null check knows only that a console may be missing, which it no longer is.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** One more is done; from any thread. */
  void step() {
    draw(done.incrementAndGet());
  }

  private synchronized void draw(int now) {
    int filled = total == 0 ? WIDTH : (int) ((long) now * WIDTH / total);
    if (terminal && filled > drawn) {
      drawn = filled;
      out.print("\r" + line(now, filled));
      out.flush();
    }
  }

  private String line(int now, int filled) {
    return "%-9s %s%s %,d/%,d"
        .formatted(phase, "█".repeat(filled), "░".repeat(WIDTH - filled), now, total);
  }

  @Override
  public synchronized void close() {
    int now = done.get();
    int filled = total == 0 ? WIDTH : (int) ((long) now * WIDTH / total);
    double seconds = (System.nanoTime() - began) / 1e9;
    out.printf("%s%s  %.1f s%n", terminal ? "\r" : "", line(now, filled), seconds);
  }
}
