package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seonchak.allocation.postgres.PostgresJournal;
import dev.seonchak.embedded.EmbeddedPostgres;
import dev.seonchak.embedded.Folders;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decider;
import dev.seonchak.engine.Engine;
import dev.seonchak.engine.EngineSettings;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Journal.Commit;
import dev.seonchak.engine.Journal.Committed;
import dev.seonchak.engine.JournalException;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Limits;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome;
import dev.seonchak.engine.Outcome.Granted;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Reason;
import dev.seonchak.engine.Request;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.engine.Ticker;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.orders.postgres.NewOrder;
import dev.seonchak.orders.postgres.OrderRows;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own dies with commits that were ahead of its disk. */
class LostCommitsIT {
  private static final int LIMIT = 2;

  @TempDir Path data;

  private final UUID drop = Shop.id();
  private final UUID pool = Shop.id();
  private EmbeddedPostgres server;
  private String url;
  private PostgresJournal journal;

  @BeforeEach
  void start() throws Exception {
    data.toFile().setExecutable(true, false);
    server = new EmbeddedPostgres(new Folders(data, Path.of("target/servers")), 0, Map.of());
    server.start();
    server.createDatabase("lost");
    url = server.jdbcUrl("lost") + "?user=" + server.user() + "&password=" + server.password();
    Flyway.configure().dataSource(url, null, null).load().migrate();
    execute(
        "insert into pools (id, group_id, capacity, limit_per_claimant, opens_at)"
            + " values ('%s', '%s', 1000000, %d, now() - interval '1 day')"
                .formatted(pool, drop, LIMIT));
    journal = journal();
  }

  @AfterEach
  void stop() throws Exception {
    journal.close();
    try {
      check();
    } finally {
      server.close();
    }
  }

  private PostgresJournal journal() {
    return new PostgresJournal(
        url, null, null, Duration.ofSeconds(15), List.of(new OrderRows(new NothingTold())));
  }

  @Test
  void saysThatNobodyKnowsAndFindsWhatIsThere() throws Exception {
    warmUp();
    Take ann = take(Shop.person());
    AccountId ben = Shop.person();
    long stopped = stopTheLogWriter();
    Committed lost = commit(Commit.AHEAD, ann);
    assertThat(number(lost, 0)).isEqualTo(2);
    assertThat(one("select count(*) from orders")).isEqualTo(2);

    crash(stopped);

    assertThat(one("select count(*) from orders")).isEqualTo(1);
    // First by a connection that died, then by one that was opened after the crash.
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> journal.flush(lost.epoch()))
          .isInstanceOfSatisfying(
              JournalException.class,
              e -> assertThat(e.kind()).isEqualTo(JournalException.Kind.UNKNOWN));
    }
    // The number is given again, and whoever has it is known.
    assertThat(number(commit(Commit.DURABLE, take(ben)), 0)).isEqualTo(2);
    Committed again = commit(Commit.DURABLE, ann, take(ben), take(ben));
    assertThat(number(again, 0)).isEqualTo(3);
    assertThat(number(again, 1)).isEqualTo(4);
    assertThat(again.decision().outcomes().get(2))
        .isEqualTo(new Outcome.Refused(Reason.LIMIT_REACHED, 0));
  }

  @Test
  void losesNothingOnceItIsFlushed() throws Exception {
    warmUp();
    long stopped = stopTheLogWriter();
    Take ann = take(Shop.person());
    Committed kept = commit(Commit.AHEAD, ann);
    flushElsewhere(kept.epoch());
    crash(stopped);
    assertThat(one("select count(*) from orders")).isEqualTo(2);
    awaitJournal();
    assertThat(commit(Commit.DURABLE, ann).decision().outcomes().getFirst())
        .isEqualTo(kept.decision().outcomes().getFirst());
  }

  /** One session that ends tells that others, opened before it, may lead to what is gone. */
  @Test
  void usesNoConnectionThatWasOpenedBeforeOneBroke() throws Exception {
    warmUp();
    Committed ahead = commit(Commit.AHEAD, take(Shop.person()));
    assertThat(
            one(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity a"
                    + " where application_name = 'seonchak-writer' and not exists"
                    + " (select from pg_stat_activity b where b.application_name = a.application_name"
                    + " and b.state_change > a.state_change)"))
        .isEqualTo(1);
    assertThatThrownBy(() -> commit(Commit.DURABLE, take(Shop.person())))
        .isInstanceOf(JournalException.class);
    // The other connection works, but it would be asked about a server that it may not lead to.
    assertThatThrownBy(() -> journal.flush(ahead.epoch())).isInstanceOf(JournalException.class);
    Committed next = commit(Commit.AHEAD, take(Shop.person()));
    journal.flush(next.epoch());
  }

  /** Another process found what was ahead of the disk, and gives the same answer. */
  @Test
  void makesDurableWhatItFound() throws Exception {
    warmUp();
    long stopped = stopTheLogWriter();
    Take ann = take(Shop.person());
    Committed ahead = commit(Commit.AHEAD, ann);
    try (PostgresJournal other = journal()) {
      Committed found = commit(other, Commit.DURABLE, ann);
      assertThat(found.decision().isEmpty()).isTrue();
      assertThat(number(found, 0)).isEqualTo(number(ahead, 0));
    }
    crash(stopped);
    assertThat(one("select count(*) from orders")).isEqualTo(2);
  }

  @Test
  void keepsWhatItToldToACrowdThatGoesOn() throws Exception {
    Map<UUID, Long> told = new ConcurrentHashMap<>();
    var over = new AtomicBoolean();
    try (var engine = Engine.start(journal, EngineSettings.DEFAULT, Ticker.SYSTEM, new Random(1));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 400; i++) {
        var _ =
            callers.submit(() -> {
              while (!over.get()) {
                Take take = take(Shop.person());
                if (engine.ask(take) instanceof Granted granted) {
                  told.put(granted.holder().value(), granted.grants().getFirst().sequence());
                }
              }
              return null;
            });
      }
      for (int round = 1; round <= 3; round++) {
        int wanted = 3_000 * round;
        while (told.size() < wanted) {
          Thread.sleep(1);
        }
        crash(logWriter());
      }
      over.set(true);
    }
    assertThat(one("select count(*) from flushes where is_called")).isEqualTo(1);
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select holder_id, sequence from claims")) {
      while (rows.next()) {
        told.remove(rows.getObject(1, UUID.class), rows.getLong(2));
      }
    }
    assertThat(told).as("told, and not there").isEmpty();
  }

  /** One order, and connections for a writer and for whoever flushes. */
  private void warmUp() throws Exception {
    commit(Commit.DURABLE, take(Shop.person()));
    assertThatThrownBy(() -> flushElsewhere(0)).isInstanceOf(JournalException.class);
  }

  /** By another connection than that of the last commit, which is busy meanwhile. */
  private void flushElsewhere(long epoch) throws Exception {
    List<Request> nobody = List.of(take(Shop.person(), 0));
    List<JournalException> failures = new ArrayList<>();
    journal.transact(
        nobody,
        state -> {
          try {
            journal.flush(epoch);
          } catch (JournalException e) {
            failures.add(e);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new Decider(Limits.DEFAULT).decide(state, nobody);
        },
        Commit.AHEAD);
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private Committed commit(Commit how, Take... takes) throws Exception {
    return commit(journal, how, takes);
  }

  private static Committed commit(PostgresJournal journal, Commit how, Take... takes)
      throws Exception {
    List<Request> batch = List.of(takes);
    var decider = new Decider(Limits.DEFAULT);
    return journal.transact(batch, state -> decider.decide(state, batch), how);
  }

  private static long number(Committed committed, int request) {
    return ((Granted) committed.decision().outcomes().get(request)).grants().getFirst().sequence();
  }

  private Take take(AccountId buyer) {
    return take(buyer, 1);
  }

  private Take take(AccountId buyer, int quantity) {
    String name = Shop.key();
    var key = BuyerKey.of(new DropId(drop), buyer, name);
    var order =
        new NewOrder(
            new HolderId(Shop.id()), new DropId(drop), key, new Money(39_000), null, false);
    return new Take(
        new ClaimantId(buyer.value()),
        new Key("order", name),
        0,
        new GroupId(drop),
        List.of(new Line(new PoolId(pool), quantity)),
        Duration.ofMinutes(5),
        order);
  }

  /** So that nothing gets onto the disk unless somebody waits for it. */
  private long stopTheLogWriter() throws Exception {
    long pid = logWriter();
    int refused =
        new ProcessBuilder("bash", "-c", "kill -STOP " + pid).inheritIO().start().waitFor();
    assertThat(refused).isZero();
    return pid;
  }

  private long logWriter() throws SQLException {
    return one("select pid from pg_stat_activity where backend_type = 'walwriter'");
  }

  /** PostgreSQL ends all sessions when a process of it is killed, and recovers from its log. */
  private void crash(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().get();
    while (!isReady()) {
      Thread.sleep(20);
    }
  }

  private boolean isReady() {
    try {
      return one("select count(*) from pg_stat_activity where backend_type = 'walwriter'") == 1;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Until the connections that died are noticed. */
  private void awaitJournal() throws Exception {
    while (true) {
      try {
        commit(Commit.DURABLE, take(Shop.person(), 0));
        return;
      } catch (JournalException e) {
        assertThat(e.kind()).isEqualTo(JournalException.Kind.UNAVAILABLE);
      }
    }
  }

  private void check() throws SQLException {
    assertThat(one("select taken from pools")).isEqualTo(one("select count(*) from claims"));
    assertThat(one("select next_sequence - 1 from pools"))
        .isEqualTo(one("select count(distinct sequence) from claims"))
        .isEqualTo(one("select max(sequence) from claims"));
    assertThat(one("select count(*) from claims c join orders o on o.id = c.holder_id"))
        .isEqualTo(one("select count(*) from orders"));
  }

  private long one(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
