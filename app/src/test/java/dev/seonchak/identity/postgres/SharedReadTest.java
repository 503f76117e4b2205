package dev.seonchak.identity.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for which read. */
class SharedReadTest {
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    threads.close();
  }

  /** The clock goes on by one at each look, so that no two times are the same. */
  private SharedRead shared(Runnable read) {
    AtomicLong time = new AtomicLong();
    return new SharedRead(
        read,
        Duration.ZERO,
        () -> {
          asked.incrementAndGet();
          return time.incrementAndGet();
        });
  }

  private void block() {
    begun.incrementAndGet();
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void servesWhoAsksMeanwhileByOneReadThatBeginsLater() throws Exception {
    SharedRead read = shared(this::block);
    Future<?> first = threads.submit(read::await);
    await().until(() -> begun.get() == 1);
    int before = asked.get();
    List<Future<?>> later = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      later.add(threads.submit(read::await));
    }
    await().until(() -> asked.get() == before + 50);
    assertThat(begun).hasValue(1);
    go.countDown();
    first.get();
    for (Future<?> each : later) {
      each.get();
    }
    assertThat(begun).hasValue(2);
  }

  @Test
  void failsAllWhoShareAReadAndTriesAgainForTheNext() throws Exception {
    SharedRead read =
        shared(() -> {
          block();
          if (begun.get() == 2) {
            throw new IllegalArgumentException("away");
          }
        });
    Future<?> first = threads.submit(read::await);
    await().until(() -> begun.get() == 1);
    int before = asked.get();
    Future<?> second = threads.submit(read::await);
    Future<?> third = threads.submit(read::await);
    await().until(() -> asked.get() == before + 2);
    go.countDown();
    first.get();
    assertThatThrownBy(second::get).hasRootCauseMessage("away");
    assertThatThrownBy(third::get).hasRootCauseMessage("away");
    read.await();
    assertThat(begun).hasValue(3);
  }

  @Test
  void beginsReadsNoOftenerThanItMay() {
    Duration apart = Duration.ofMillis(30);
    AtomicInteger reads = new AtomicInteger();
    SharedRead read = new SharedRead(reads::incrementAndGet, apart, System::nanoTime);
    long before = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      read.await();
    }
    assertThat(reads).hasValue(4);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(3 * apart.toNanos());
  }
}
