package dev.seonchak.orders;

import dev.seonchak.allocation.postgres.PostgresJournal;
import dev.seonchak.embedded.EmbeddedPostgres;
import dev.seonchak.embedded.Folders;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Engine;
import dev.seonchak.engine.EngineSettings;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.engine.Ticker;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.orders.postgres.NewOrder;
import dev.seonchak.orders.postgres.OrderRows;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.springframework.util.FileSystemUtils;

/**
 * What one hold costs: the whole work (claim, order with answers, limit, key) on PostgreSQL with
 * fsync, many callers on one hot pool, every row counted afterwards.
 *
 * <p>Arguments, each optional: {@code seconds=4 callers=1000 accounts=1000000 pools=1 claims=0
 * rounds=3 decode=0 settings=name:value,… sql=…}. {@code sql} is run once the schema is there.
 * {@code accounts=0} is a new one for each hold. {@code pools} are wanted alike, each of a drop of
 * its own. {@code claims} are put into the first pool, with orders, before the first round.
 */
public final class HoldBenchmark {
  private static final String ANSWERS =
      "{\"size\":\"L\",\"color\":\"blue\",\"memo\":\"at the door\"}";

  private final Map<String, String> options = new HashMap<>();
  private final String url;
  private final UUID[] pools;
  private final UUID[] drops;
  private final UUID[] accounts;

  private HoldBenchmark(String[] arguments, EmbeddedPostgres server) {
    url = server.jdbcUrl("benchmark") + "?user=" + server.user() + "&password=" + server.password();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      options.put(parts[0], parts[1]);
    }
    accounts = ids(option("accounts", 1_000_000));
    pools = ids(option("pools", 1));
    drops = ids(pools.length);
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("seonchak-benchmark-");
    data.toFile().setExecutable(true, false);
    Map<String, String> settings = new HashMap<>();
    for (String argument : arguments) {
      if (argument.startsWith("settings=")) {
        for (String setting : argument.substring(9).split(",", -1)) {
          settings.put(setting.split(":", 2)[0], setting.split(":", 2)[1]);
        }
      }
    }
    var server = new EmbeddedPostgres(new Folders(data, Path.of("target/servers")), 0, settings);
    server.start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              server.close();
              FileSystemUtils.deleteRecursively(data.toFile());
            }));
    server.createDatabase("benchmark");
    new HoldBenchmark(arguments, server).run();
    System.exit(0);
  }

  private void run() throws Exception {
    Flyway.configure().dataSource(url, null, null).load().migrate();
    sql(
        "insert into pools (id, group_id, capacity, limit_per_claimant, opens_at) values ("
            + IntStream.range(0, pools.length)
                .mapToObj(i ->
                    "'%s', '%s', 100000000, 1000000, now() - interval '1 day'"
                        .formatted(pools[i], drops[i]))
                .collect(Collectors.joining("), ("))
            + ")");
    if (options.containsKey("sql")) {
      sql(options.get("sql"));
    }
    prefill(option("claims", 0));
    if (option("decode", 0) > 0) {
      decode();
    }
    try (var journal =
            new PostgresJournal(
                url,
                null,
                null,
                Duration.ofSeconds(15),
                List.of(new OrderRows(new NothingTold())));
        var engine = Engine.start(journal, EngineSettings.DEFAULT, Ticker.SYSTEM, new Random(1))) {
      round(engine, 2);
      for (int i = 0; i < option("rounds", 3); i++) {
        round(engine, option("seconds", 4));
      }
    }
    check();
    if (options.getOrDefault("settings", "").contains("pg_stat_statements")) {
      tellStatements();
    }
  }

  /** Lets the server decode its log for a reader of the outbox, as it does for the relay. */
  private void decode() throws SQLException {
    sql("create publication benchmark for table outbox");
    sql("select pg_create_logical_replication_slot('benchmark', 'pgoutput')");
    Connection connection =
        DriverManager.getConnection(
            url + "&replication=database&assumeMinServerVersion=9.4&preferQueryMode=simple");
    var stream =
        connection
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .replicationStream()
            .logical()
            .withSlotName("benchmark")
            .withSlotOption("proto_version", 1)
            .withSlotOption("publication_names", "benchmark")
            .start();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            // The driver closes a connection that nobody refers to any more.
            while (!connection.isClosed()) {
              stream.read();
              stream.setFlushedLSN(stream.getLastReceiveLSN());
              stream.setAppliedLSN(stream.getLastReceiveLSN());
            }
          } catch (SQLException e) {
            System.out.println("the log is not read any more: " + e.getMessage());
          }
        });
  }

  private void tellStatements() throws SQLException {
    sql("create extension if not exists pg_stat_statements");
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select calls, total_exec_time, rows, wal_bytes, wal_fpi, left(query, 60)
                  from pg_stat_statements
                 order by total_exec_time desc limit 14
                """)) {
      while (rows.next()) {
        System.out.printf(
            "%,8d calls %,9.1f ms %,9d rows %,12d WAL bytes %,6d images  %s%n",
            rows.getLong(1),
            rows.getDouble(2),
            rows.getLong(3),
            rows.getLong(4),
            rows.getLong(5),
            rows.getString(6).replaceAll("\\s+", " "));
      }
    }
  }

  private void round(Engine engine, int seconds) throws Exception {
    int callers = option("callers", 1000);
    var done = new CountDownLatch(callers);
    var granted = new LongAdder();
    var latencies = new AtomicLong[1];
    latencies[0] = new AtomicLong();
    long postgres = postgresTicks();
    long own = ticks(ProcessHandle.current().pid());
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    for (int c = 0; c < callers; c++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (System.nanoTime() < end) {
                long from = System.nanoTime();
                Outcome outcome = engine.ask(take());
                if (!(outcome instanceof Outcome.Granted)) {
                  throw new IllegalStateException(outcome.toString());
                }
                latencies[0].addAndGet(System.nanoTime() - from);
                granted.increment();
              }
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    double took = (System.nanoTime() - start) / 1e9;
    long n = granted.sum();
    double perTick = 1e6 / 100 / n;
    System.out.printf(
        "%,d holds in %.2f s: %,.0f/s, mean %.1f ms; CPU per hold: PostgreSQL %.1f us, JVM %.1f us%n",
        n,
        took,
        n / took,
        latencies[0].get() / 1e6 / n,
        (postgresTicks() - postgres) * perTick,
        (ticks(ProcessHandle.current().pid()) - own) * perTick);
  }

  private Take take() {
    UUID account =
        accounts.length == 0
            ? id()
            : accounts[ThreadLocalRandom.current().nextInt(accounts.length)];
    int one = ThreadLocalRandom.current().nextInt(pools.length);
    UUID pool = pools[one];
    UUID drop = drops[one];
    String name = UUID.randomUUID().toString();
    var key = BuyerKey.of(new DropId(drop), new AccountId(account), name);
    var order =
        new NewOrder(new HolderId(id()), new DropId(drop), key, new Money(39_000), ANSWERS, false);
    return new Take(
        new ClaimantId(account),
        new Key("order", name),
        key.value().getLeastSignificantBits(),
        new GroupId(drop),
        List.of(new Line(new PoolId(pool), 1)),
        Duration.ofMinutes(5),
        order);
  }

  private void prefill(int claims) throws SQLException {
    if (claims == 0) {
      return;
    }
    UUID pool = pools[0];
    UUID drop = drops[0];
    sql(
        """
        create temp table seed as
        select n, uuidv7() as id, gen_random_uuid() as account
          from generate_series(1, %d) n;
        insert into orders
        select id, '%s', account,
               ('%s' || right(account::text, 10) || '%s' || right(md5(n::text), 12))::uuid, n, 'CONFIRMED', 39000, array['%s'::uuid],
               array[1], array[n], now(), now(), now(), '{"size":"L"}'
          from seed order by n;
        insert into claims select '%s', n, id, account, 1, 'C' from seed order by n;
        update pools set taken = %d, next_sequence = %d + 1 where id = '%s';
        """
            .formatted(
                claims,
                drop,
                BuyerKey.first(drop, drop).toString().substring(0, 4),
                drop.toString().substring(30),
                pool,
                pool,
                claims,
                claims,
                pool));
    sql("vacuum analyze");
    sql("checkpoint");
  }

  private void check() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select sum(p.taken), sum(p.next_sequence - 1),
                       (select count(*) from claims c join orders o on o.id = c.holder_id),
                       (select count(distinct (pool_id, sequence)) from claims),
                       (select sum(last)
                          from (select max(sequence) as last from claims group by pool_id) m)
                  from pools p
                """)) {
      row.next();
      for (int i = 2; i <= 5; i++) {
        if (row.getLong(1) != row.getLong(i)) {
          throw new IllegalStateException(
              "taken " + row.getLong(1) + ", but column " + i + " is " + row.getLong(i));
        }
      }
      System.out.printf("checked: %,d claims%n", row.getLong(1));
    }
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int option(String name, int otherwise) {
    return Integer.parseInt(options.getOrDefault(name, Integer.toString(otherwise)));
  }

  private static UUID[] ids(int count) {
    UUID[] ids = new UUID[count];
    Arrays.setAll(ids, i -> id());
    return ids;
  }

  private static UUID id() {
    var random = ThreadLocalRandom.current();
    long high = System.currentTimeMillis() << 16 | 0x7000 | (random.nextInt() & 0x0fff);
    return new UUID(high, random.nextLong() >>> 2 | 1L << 63);
  }

  /** Ticks of 10 ms that the processes of PostgreSQL have used. */
  private static long postgresTicks() {
    return ProcessHandle.current().descendants().mapToLong(child -> ticks(child.pid())).sum();
  }

  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (IOException e) {
      return 0;
    }
  }
}
