package dev.seonchak.lab.ways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.lab.Ground;
import dev.seonchak.lab.Stand;
import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.check.RowsCheck;
import dev.seonchak.lab.load.Acknowledged;
import dev.seonchak.lab.load.HotItem;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two buyers want the last unit, and the first waits exactly where the mistake is. */
class WrongWaysIT {
  private static final int CONNECTIONS = 2;

  private static Servers servers;

  @BeforeAll
  static void prepare() throws Exception {
    servers = Ground.prepare();
    try (Connection connection = Stand.connect(servers)) {
      Guards.remove(connection);
    }
  }

  /** Whoever wants to commit waits until two have read, or until it is clear that they cannot. */
  private record Meeting(CountDownLatch reads, Duration patience) implements Seam {
    Meeting(Duration patience) {
      this(new CountDownLatch(2), patience);
    }

    @Override
    public void afterRead() {
      reads.countDown();
    }

    @Override
    public void beforeCommit() {
      try {
        boolean met = reads.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(met || reads.getCount() == 1).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Arguments way(String name, Function<Seam, Way> opening) {
    return Arguments.argumentSet(name, opening);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        way(
            "synchronized in a transaction",
            seam -> Locked.inTransaction(servers, CONNECTIONS, new Monitor(), seam)),
        way(
            "synchronized in two processes",
            seam ->
                new TwoProcesses(
                    Locked.around(servers, CONNECTIONS, new Monitor(), seam),
                    Locked.around(servers, CONNECTIONS, new Monitor(), seam))),
        way(
            "a heap in each of two processes",
            seam ->
                new TwoProcesses(
                    new NumberThenInsert(servers, CONNECTIONS, new HeapNumbers()),
                    new NumberThenInsert(servers, CONNECTIONS, new HeapNumbers()))),
        way(
            "Redis lock in a transaction",
            seam -> Locked.inTransaction(servers, CONNECTIONS, RedisLock.renewed(servers), seam)),
        way(
            "Redis lock with a short lease",
            seam ->
                Locked.around(
                    servers, CONNECTIONS, RedisLock.leased(servers, Duration.ofMillis(1)), seam)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void sellsTheLastUnitTwiceAndIsCaught(Function<Seam, Way> opening) throws Exception {
    assertThat(afterTwoBuyers(opening, Duration.ofSeconds(20)))
        .extracting(Finding::kind)
        .contains(Finding.Kind.SOLD_TOO_MANY, Finding.Kind.NUMBER_TWICE);
  }

  static Stream<Arguments> right() {
    return Stream.of(
        way(
            "synchronized around a transaction",
            seam -> Locked.around(servers, CONNECTIONS, new Monitor(), seam)),
        way(
            "Redis lock around a transaction",
            seam -> Locked.around(servers, CONNECTIONS, RedisLock.renewed(servers), seam)));
  }

  @ParameterizedTest
  @MethodSource("right")
  void sellsTheLastUnitOnceWhenTheLockOutlivesTheCommit(Function<Seam, Way> opening)
      throws Exception {
    assertThat(afterTwoBuyers(opening, Duration.ofMillis(300))).isEmpty();
  }

  @Test
  void losesWhatItPromisedWhenTheProcessEndsBeforeItSends() throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers);
        ScriptThenKafka way = new ScriptThenKafka(servers, Duration.ofSeconds(30))) {
      workload.prepare(connection);
      RowsCheck check = RowsCheck.begin(connection);
      way.begin(connection);
      List<Acknowledged> told = told(way, workload, 1);
      way.breakOff();
      way.end(connection);

      assertThat(told).hasSize(1);
      assertThat(check.end(told)).extracting(Finding::kind).containsExactly(Finding.Kind.LOST);
    }
  }

  private static List<Finding> afterTwoBuyers(Function<Seam, Way> opening, Duration patience)
      throws Exception {
    HotItem workload = HotItem.scarce(1);
    try (Connection connection = Stand.connect(servers);
        Way way = opening.apply(new Meeting(patience))) {
      workload.prepare(connection);
      RowsCheck check = RowsCheck.begin(connection);
      way.begin(connection);
      List<Acknowledged> told = told(way, workload, 2);
      way.end(connection);
      return check.end(told);
    }
  }

  private static List<Acknowledged> told(Way way, HotItem workload, int buyers) throws Exception {
    List<Hold> holds = new ArrayList<>();
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < buyers; i++) {
      Hold hold = workload.next();
      holds.add(hold);
      calls.add(() -> way.hold(hold));
    }
    List<Acknowledged> told = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = callers.invokeAll(calls);
      for (int i = 0; i < buyers; i++) {
        if (answers.get(i).get() instanceof Answer.Held held) {
          told.add(new Acknowledged(holds.get(i), held, 0, 0));
        }
      }
    }
    return told;
  }
}
