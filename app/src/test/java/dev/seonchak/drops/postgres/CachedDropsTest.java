package dev.seonchak.drops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Form;
import dev.seonchak.drops.Limits;
import dev.seonchak.drops.Terms;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedDropsTest {
  private static final DropId MUGS = new DropId(new UUID(0, 1));
  private static final DropId CUPS = new DropId(new UUID(0, 2));

  private final AtomicLong nanos = new AtomicLong();
  private final Map<DropId, Drop> table = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final CachedDrops drops = new CachedDrops(this::read, nanos::get, Limits.STANDARD);

  @Test
  void readsADropOnceAndThenKnowsIt() {
    table.put(MUGS, drop(MUGS, "mugs"));

    assertThat(drops.cached(MUGS)).map(Drop::title).contains("mugs");
    pass(Duration.ofMillis(899));
    assertThat(drops.cached(MUGS)).map(Drop::title).contains("mugs");

    assertThat(reads).hasValue(1);
  }

  @Test
  void isNeverOlderThanItsBound() {
    table.put(MUGS, drop(MUGS, "mugs"));
    drops.cached(MUGS);

    table.put(MUGS, drop(MUGS, "cups"));
    pass(Duration.ofMillis(901));

    assertThat(drops.cached(MUGS)).map(Drop::title).contains("cups");
  }

  @Test
  void refreshesAllDropsInUseByOneRead() {
    table.put(MUGS, drop(MUGS, "mugs"));
    table.put(CUPS, drop(CUPS, "cups"));
    drops.cached(MUGS);
    drops.cached(CUPS);
    reads.set(0);

    for (int tick = 0; tick < 20; tick++) {
      pass(Duration.ofMillis(300));
      drops.refresh();
      drops.cached(MUGS);
      drops.cached(CUPS);
    }

    assertThat(reads).as("one per tick, none by readers").hasValue(20);
  }

  @Test
  void stopsRefreshingWhatNobodyReads() {
    table.put(MUGS, drop(MUGS, "mugs"));
    drops.cached(MUGS);
    reads.set(0);

    pass(Duration.ofSeconds(61));
    drops.refresh();

    assertThat(reads).hasValue(0);
  }

  @Test
  void remembersThatADropDoesNotExistButNeverRefreshesIt() {
    assertThat(drops.cached(MUGS)).isEmpty();
    assertThat(drops.cached(MUGS)).isEmpty();
    drops.refresh();
    assertThat(reads).hasValue(1);

    table.put(MUGS, drop(MUGS, "mugs"));
    pass(Duration.ofMillis(901));

    assertThat(drops.cached(MUGS)).isPresent();
  }

  @Test
  void noticesThatADropHasGone() {
    table.put(MUGS, drop(MUGS, "mugs"));
    drops.cached(MUGS);

    table.clear();
    pass(Duration.ofMillis(300));
    drops.refresh();

    assertThat(drops.cached(MUGS)).isEmpty();
  }

  @Test
  void seesItsOwnChangesAtOnce() {
    table.put(MUGS, drop(MUGS, "mugs"));
    drops.cached(MUGS);

    table.put(MUGS, drop(MUGS, "cups"));
    drops.forget(MUGS);

    assertThat(drops.cached(MUGS)).map(Drop::title).contains("cups");
  }

  @Test
  void ignoresAReadThatBeganBeforeAChange() {
    table.put(MUGS, drop(MUGS, "mugs"));
    var entry = new CachedDrop();
    entry.learn(Optional.of(drop(MUGS, "mugs")), 10);

    entry.forget(30);
    entry.learn(Optional.of(drop(MUGS, "mugs")), 20);
    assertThat(entry.known(0)).isNull();

    entry.learn(Optional.of(drop(MUGS, "cups")), 40);
    entry.learn(Optional.of(drop(MUGS, "mugs")), 35);
    assertThat(entry.known(0)).isNotNull();
    assertThat(entry.known(0).drop()).map(Drop::title).contains("cups");
  }

  @Test
  void letsAHundredReadersShareOneRead() throws Exception {
    table.put(MUGS, drop(MUGS, "mugs"));
    var start = new CountDownLatch(1);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int reader = 0; reader < 100; reader++) {
        answers.add(
            threads.submit(() -> {
              start.await();
              return drops.cached(MUGS).isPresent();
            }));
      }
      start.countDown();
      for (var answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }

    assertThat(reads).hasValue(1);
  }

  private Map<DropId, Drop> read(Set<DropId> ids) {
    reads.incrementAndGet();
    var found = new HashMap<>(table);
    found.keySet().retainAll(ids);
    return found;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Drop drop(DropId id, String title) {
    return new Drop(
        id,
        new AccountId(new UUID(0, 9)),
        title,
        "",
        Drop.Kind.GOODS,
        Drop.State.PUBLISHED,
        Instant.EPOCH,
        null,
        Duration.ofMinutes(5),
        List.of(),
        new Form(List.of()),
        new Terms(Duration.ofDays(7), null));
  }
}
