package dev.seonchak.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.seonchak.MovedDeadline;
import dev.seonchak.drops.Draft;
import dev.seonchak.drops.Drafts;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.ItemDraft;
import dev.seonchak.drops.Selling;
import dev.seonchak.embedded.TestServers;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Nodes that sell on one real database of their own, without the rest of the platform. */
final class Shop implements AutoCloseable {
  final TestServers.Database database = TestServers.freshDatabase();
  final HikariDataSource dataSource = new HikariDataSource();
  final JdbcClient jdbc;
  final TransactionTemplate transactions;
  final AccountId seller = person();

  private final List<AnnotationConfigApplicationContext> nodes = new ArrayList<>();

  Shop() {
    dataSource.setJdbcUrl(database.jdbcUrl());
    dataSource.setUsername(database.user());
    dataSource.setPassword(database.password());
    Flyway.configure().dataSource(dataSource).load().migrate();
    jdbc = JdbcClient.create(dataSource);
    transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /** What one process has. */
  record Node(Placing placing, Changing changing, Paying paying, Orders orders, Selling selling) {
    Placed place(Drop drop, AccountId buyer, String key, Wish wish) throws InterruptedException {
      return placing.place(drop.id(), buyer, key, wish);
    }
  }

  /** Orders are paid here without money. */
  private static final class NothingTaken implements Takings {
    @Override
    public Standing standing(OrderId order) {
      return new Standing.Kept(Money.ZERO);
    }

    @Override
    public void giveBack(OrderId order, UUID refund, Money amount, Refund.By by) {
      throw new IllegalStateException("there is no money");
    }
  }

  Node node() {
    return node(database.jdbcUrl());
  }

  /**
   * @param writerUrl how this node's writer reaches the database
   */
  Node node(String writerUrl, Class<?>... more) {
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(DataSource.class, () -> dataSource);
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.registerBean(TransactionTemplate.class, () -> transactions);
    context.registerBean(Ids.class, () -> Shop::id);
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(SecureRandom.class, () -> new SecureRandom());
    context.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry());
    context.registerBean(Takings.class, NothingTaken::new);
    context.registerBean(JdbcConnectionDetails.class, () -> details(writerUrl));
    for (Class<?> bean : more) {
      context.register(bean);
    }
    context.scan(
        "dev.seonchak.allocation",
        "dev.seonchak.drops",
        "dev.seonchak.events.postgres",
        "dev.seonchak.orders.postgres");
    context.register(Placing.class);
    context.refresh();
    nodes.add(context);
    return new Node(
        context.getBean(Placing.class),
        context.getBean(Changing.class),
        context.getBean(Paying.class),
        context.getBean(Orders.class),
        context.getBean(Selling.class));
  }

  <T> T bean(Class<T> type) {
    return nodes.getFirst().getBean(type);
  }

  private JdbcConnectionDetails details(String url) {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return database.user();
      }

      @Override
      public String getPassword() {
        return database.password();
      }

      @Override
      public String getJdbcUrl() {
        return url;
      }
    };
  }

  /** Publishes a drop whose items have these capacities. */
  Drop drop(Node node, long... capacities) {
    return drop(node, 39_000, Drop.Kind.GOODS, Integer.MAX_VALUE, capacities);
  }

  Drop drop(Node node, long price, Drop.Kind kind, int limit, long... capacities) {
    var items = new ArrayList<ItemDraft>();
    for (int i = 0; i < capacities.length; i++) {
      items.add(Drafts.item(null, "item " + i, price, capacities[i], Math.min(limit, LIMIT_MAX)));
    }
    Draft draft = Drafts.of(items.toArray(ItemDraft[]::new));
    return publish(node, Drafts.holding(draft, kind, null));
  }

  /** The largest limit that a seller may set. */
  static final int LIMIT_MAX = 1_000_000;

  Drop publish(Node node, Draft draft) {
    var created = node.selling().create(seller, draft);
    assertThat(created).isInstanceOf(Selling.Outcome.Done.class);
    Drop drop = ((Selling.Outcome.Done) created).drop();
    var published = node.selling().publish(seller, drop.id());
    assertThat(published).isInstanceOf(Selling.Outcome.Done.class);
    return ((Selling.Outcome.Done) published).drop();
  }

  static Wish wish(Drop drop, int... quantities) {
    List<Wish.Line> lines = new ArrayList<>();
    for (int i = 0; i < quantities.length; i++) {
      if (quantities[i] != 0) {
        lines.add(new Wish.Line(drop.items().get(i).id(), quantities[i]));
      }
    }
    return new Wish(lines, Map.of(), null);
  }

  static Wish wish(ItemId... items) {
    List<Wish.Line> lines = new ArrayList<>();
    for (ItemId item : items) {
      lines.add(new Wish.Line(item, 1));
    }
    return new Wish(lines, Map.of(), null);
  }

  static AccountId person() {
    return new AccountId(id());
  }

  static String key() {
    return UUID.randomUUID().toString();
  }

  /** Starts all of them at once, on a virtual thread each, and waits for what they answer. */
  static <T> List<T> atOnce(int count, java.util.function.IntFunction<Callable<T>> task)
      throws InterruptedException, ExecutionException {
    var barrier = new CyclicBarrier(count);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> callable = task.apply(i);
        futures.add(
            executor.submit(() -> {
              barrier.await();
              return callable.call();
            }));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(future.get());
      }
      return answers;
    }
  }

  /** Tells a transaction to do something. */
  void inTransaction(Runnable work) {
    transactions.executeWithoutResult(status -> work.run());
  }

  String state(OrderId id) {
    return jdbc.sql("select state from orders where id = :id")
        .param("id", id.value())
        .query(String.class)
        .single();
  }

  /** Puts an order's deadline so many milliseconds ahead, or behind. */
  void dueIn(OrderId id, int millis) {
    jdbc.sql(
            """
            update orders set held_until = clock_timestamp() + make_interval(secs => :seconds)
             where id = :id
            """)
        .param("seconds", millis / 1000.0)
        .param("id", id.value())
        .update();
    MovedDeadline.follow(jdbc, id.value());
  }

  /** Whether nothing was sold twice or lost: every row is counted. */
  void check() {
    none(
        "taken is not what claims have",
        """
        select p.id from pools p
         where taken <> (select coalesce(sum(quantity - coalesce(returned, 0)), 0) from claims c
                          where c.pool_id = p.id and state in ('H', 'C'))
            or taken > capacity
        """);
    none(
        "sequence numbers are not 1..n",
        """
        select p.id from pools p
         where (select count(*) from claims c where c.pool_id = p.id) <> next_sequence - 1
            or (select coalesce(max(sequence), 0) from claims c where c.pool_id = p.id)
               <> next_sequence - 1
        """);
    none(
        "tallies are not what claims have, or are missing",
        """
        select coalesce(t.pool_id, c.pool_id) from tallies t
          full join (select pool_id, claimant_id, count(*) as claims,
                            sum(case when state in ('H', 'C')
                                     then quantity - coalesce(returned, 0) else 0 end) as units
                       from claims group by pool_id, claimant_id) c
            on c.pool_id = t.pool_id and c.claimant_id = t.claimant_id
         where coalesce(c.units, 0) <> t.units or t.units is null and c.claims > 1
        """);
    none(
        "somebody has more than the limit",
        """
        select p.id from pools p join claims c on c.pool_id = p.id
         where c.state in ('H', 'C')
         group by p.id, c.claimant_id
        having sum(c.quantity - coalesce(c.returned, 0)) > p.limit_per_claimant
        """);
    none(
        "claims are not as their orders",
        """
        select c.pool_id from claims c left join orders o on o.id = c.holder_id
         where o.id is null
            or (c.sequence = any(coalesce(o.again_sequences, o.sequences))
                and c.pool_id = any(o.items)
                and c.state::text <> case o.state
                      when 'PENDING' then 'H' when 'PAYING' then 'H'
                      when 'PAID' then 'C' when 'CONFIRMED' then 'C'
                      when 'CANCELLED' then 'R' when 'EXPIRED' then 'E'
                      -- Units whose stock the seller kept stay with the claim.
                      when 'REFUNDED' then case c.returned when c.quantity then 'T' else 'C' end
                    end)
        """);
    none(
        "lines without their claims",
        """
        select o.id from orders o,
               unnest(o.items, o.quantities, coalesce(o.again_sequences, o.sequences))
                 as l (item, quantity, sequence)
          left join claims c on c.pool_id = l.item and c.sequence = l.sequence
         where c.quantity is distinct from l.quantity or c.holder_id is distinct from o.id
        """);
  }

  private void none(String what, String sql) {
    assertThat(jdbc.sql(sql).query(UUID.class).list()).as(what).isEmpty();
  }

  static UUID id() {
    var random = ThreadLocalRandom.current();
    long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000);
    return new UUID(high, random.nextLong() >>> 2 | 1L << 63);
  }

  /** An order that somebody has taken and paid. */
  OrderId paid(Node node, Drop drop, AccountId buyer, int... quantities)
      throws InterruptedException {
    Placed placed = node.place(drop, buyer, key(), wish(drop, quantities));
    assertThat(placed).isInstanceOf(Placed.Held.class);
    OrderId order = ((Placed.Held) placed).id();
    inTransaction(() -> {
      assertThat(node.paying().begin(order)).isEqualTo(Paying.Begun.PAYING);
      node.paying().paid(order);
    });
    return order;
  }

  void checkAndClose() {
    try {
      check();
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    nodes.forEach(AnnotationConfigApplicationContext::close);
    dataSource.close();
  }
}
