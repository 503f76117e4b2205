package dev.seonchak.orders.postgres;

import dev.seonchak.allocation.Allocator;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.Outcome;
import dev.seonchak.orders.Order;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Finds orders whose deadline has passed and gives their claims back through the batches, within a
 * second of the deadline. It locks nothing to find them, and the batch decides again under the
 * lock, so every process that allocates runs one and they do each other no harm.
 */
@Component
final class ExpirySweeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ExpirySweeper.class);

  /** One look costs one probe of an index, so it is done all the time. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  /** Orders that are expired before the next look. */
  private static final int ORDERS_MAX = 2_000;

  private final OrderReads reads;
  private final Allocator allocator;
  private volatile ScheduledExecutorService executor = stopped();

  ExpirySweeper(OrderReads reads, Allocator allocator) {
    this.reads = reads;
    this.allocator = allocator;
  }

  @Override
  public void start() {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("seonchak-expiry").factory());
    var _ =
        executor.scheduleWithFixedDelay(this::sweepAll, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return !executor.isShutdown();
  }

  private void sweepAll() {
    try {
      while (sweep() == ORDERS_MAX) {
        LOG.debug("{} orders were due at once", ORDERS_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (DataAccessException e) {
      LOG.warn("due orders could not be looked for: {}", e.getMessage());
    } catch (RuntimeException e) {
      if (isRunning()) {
        LOG.warn("due orders could not be looked for", e);
      }
    }
  }

  /**
   * One look.
   *
   * @return how many orders were expired by it
   */
  int sweep() throws InterruptedException {
    List<Order> due = reads.due(ORDERS_MAX);
    List<CompletableFuture<Outcome>> outcomes =
        due.stream().map(order -> allocator.submit(Releases.of(order, Cause.EXPIRED))).toList();
    try {
      CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
          .get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.debug("some of {} due orders take long; they are found due again", due.size());
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome is never an exception", e);
    }
    return (int)
        outcomes.stream()
            .filter(outcome -> outcome.getNow(null) instanceof Outcome.Released)
            .count();
  }

  private static ScheduledExecutorService stopped() {
    var executor = Executors.newSingleThreadScheduledExecutor();
    executor.shutdown();
    return executor;
  }
}
