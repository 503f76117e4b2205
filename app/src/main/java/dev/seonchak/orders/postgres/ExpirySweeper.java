package dev.seonchak.orders.postgres;

import static java.util.Comparator.naturalOrder;

import dev.seonchak.allocation.Allocator;
import dev.seonchak.allocation.HoldDeadlines;
import dev.seonchak.allocation.ReachedDeadline;
import dev.seonchak.engine.Cause;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Outcome;
import dev.seonchak.orders.Order;
import dev.seonchak.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** How soon orders are looked at again that are past their deadline and cannot be expired yet. */
  private static final Duration AGAIN = Duration.ofMillis(500);

  /** Claims that are looked at together. */
  private static final int CLAIMS_MAX = 2_000;

  private final HoldDeadlines deadlines;
  private final OrderReads reads;
  private final Allocator allocator;
  private volatile ScheduledExecutorService executor = stopped();

  ExpirySweeper(HoldDeadlines deadlines, OrderReads reads, Allocator allocator) {
    this.deadlines = deadlines;
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
      while (sweep() > 0) {
        LOG.debug("deadlines were reached; looking for more");
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
   * @return how many orders were expired by it and how many deadlines were done with
   */
  int sweep() throws InterruptedException {
    List<ReachedDeadline> reached = deadlines.reached(CLAIMS_MAX);
    Map<HolderId, Order> held = held(reached);
    List<ReachedDeadline> done = new ArrayList<>();
    Map<ReachedDeadline, Instant> later = new LinkedHashMap<>();
    Map<ReachedDeadline, List<Order>> due = new LinkedHashMap<>();
    for (ReachedDeadline deadline : reached) {
      List<Order> orders =
          deadline.holders().stream().filter(held::containsKey).map(held::get).toList();
      List<Order> over = orders.stream().filter(order -> isDue(order, deadline.now())).toList();
      if (!over.isEmpty()) {
        due.put(deadline, over);
      } else if (deadline.holders().isEmpty()) {
        done.add(deadline);
      } else {
        later.put(deadline, next(deadline, orders));
      }
    }
    Set<OrderId> expired = expire(due.values().stream().flatMap(List::stream).toList());
    due.forEach((deadline, over) -> {
      // What cannot be expired now must not stand in the way of others.
      if (over.stream().map(Order::id).noneMatch(expired::contains)) {
        later.put(deadline, deadline.now().plus(AGAIN));
      }
    });
    deadlines.forget(done);
    deadlines.putOff(later);
    return done.size() + later.size() + expired.size();
  }

  private Map<HolderId, Order> held(List<ReachedDeadline> reached) {
    List<OrderId> ids =
        reached.stream()
            .flatMap(deadline -> deadline.holders().stream())
            .map(holder -> new OrderId(holder.value()))
            .toList();
    Map<HolderId, Order> held = new HashMap<>();
    if (!ids.isEmpty()) {
      reads.all(ids).forEach(order -> held.put(new HolderId(order.id().value()), order));
    }
    return held;
  }

  /** While an order is being paid, its deadline is nothing to it. */
  private static boolean isDue(Order order, Instant now) {
    return switch (order.state()) {
      case PENDING, AWAITING_DEPOSIT -> !order.expiresAt().isAfter(now);
      default -> false;
    };
  }

  /** What is still held has got more time, or is being paid and may be due at once after that. */
  private static Instant next(ReachedDeadline deadline, List<Order> orders) {
    Instant soon = deadline.now().plus(AGAIN);
    Instant first = orders.stream().map(Order::expiresAt).min(naturalOrder()).orElse(soon);
    return first.isAfter(soon) ? first : soon;
  }

  /** Says which of them are expired by it. */
  private Set<OrderId> expire(List<Order> due) throws InterruptedException {
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
    Set<OrderId> expired = HashSet.newHashSet(due.size());
    for (int i = 0; i < due.size(); i++) {
      if (outcomes.get(i).getNow(null) instanceof Outcome.Released) {
        expired.add(due.get(i).id());
      }
    }
    return expired;
  }

  private static ScheduledExecutorService stopped() {
    var executor = Executors.newSingleThreadScheduledExecutor();
    executor.shutdown();
    return executor;
  }
}
