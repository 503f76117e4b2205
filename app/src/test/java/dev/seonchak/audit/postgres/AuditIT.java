package dev.seonchak.audit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.FreshDatabase;
import dev.seonchak.audit.Audit;
import dev.seonchak.audit.Report;
import dev.seonchak.audit.Report.ItemCount;
import dev.seonchak.audit.Report.MoneyCount;
import dev.seonchak.audit.Report.Violation;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A drop whose rows are in order, written out by hand, and the ways to spoil them. {@code 01} is
 * PENDING, {@code 02} PAID, {@code 03} CANCELLED, {@code 04} EXPIRED with late money that went
 * back, {@code 05} was taken again, is CONFIRMED, refunded in part with one of two units back, and
 * a second payment for it is on its way back, {@code 06} is REFUNDED.
 */
class AuditIT {
  private static final DropId DROP = new DropId(uuid("d0"));
  private static final ItemId MUG = new ItemId(uuid("a1"));
  private static final ItemId CUP = new ItemId(uuid("a2"));

  private static final String IN_ORDER =
      """
      insert into drops values ({d0}, {5e}, 'Mugs', '', 'GOODS', 'PUBLISHED', now(), null, 5, '[]', now(), 168, null);
      insert into items values ({a1}, {d0}, 1, 'mug', 1000, 2), ({a2}, {d0}, 2, 'cup', 50, 3);
      insert into pools (id, group_id, capacity, taken, next_sequence, limit_per_claimant, opens_at)
        values ({a1}, {d0}, 10, 7, 8, 2, now()), ({a2}, {d0}, 5, 3, 3, 3, now());
      insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount, items,
          quantities, sequences, again_sequences, created_at, expires_at, held_until)
        select id, {d0}, buyer,
               (lpad(to_hex((('x' || left(replace({d0}::text, '-', ''), 12))::bit(48)::bigint >> 27)
                            & 65535), 4, '0')
                 || right(buyer::text, 10) || right({d0}::text, 6) || right(id::text, 12))::uuid,
               0, state, amount, items, quantities, sequences, again, now(), now(), now()
        from (values
          ({01}, {b1}, 'PENDING',   2100, array[{a1}, {a2}], array[2, 2], array[1, 1], null::bigint[]),
          ({02}, {b2}, 'PAID',      1050, array[{a1}, {a2}], array[1, 1], array[2, 2], null),
          ({03}, {b1}, 'CANCELLED', 1000, array[{a1}],       array[1],    array[3],    null),
          ({04}, {b3}, 'EXPIRED',   2000, array[{a1}],       array[2],    array[4],    null),
          ({05}, {b3}, 'CONFIRMED', 2000, array[{a1}],       array[2],    array[5],    array[6]),
          ({06}, {b4}, 'REFUNDED',  1000, array[{a1}],       array[1],    array[7],    null))
          as o (id, buyer, state, amount, items, quantities, sequences, again);
      insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state, returned) values
        ({a1}, 1, {01}, {b1}, 2, 'H', null), ({a2}, 1, {01}, {b1}, 2, 'H', null),
        ({a1}, 2, {02}, {b2}, 1, 'C', null), ({a2}, 2, {02}, {b2}, 1, 'C', null),
        ({a1}, 3, {03}, {b1}, 1, 'R', null), ({a1}, 4, {04}, {b3}, 2, 'E', null),
        ({a1}, 5, {05}, {b3}, 2, 'E', null), ({a1}, 6, {05}, {b3}, 2, 'C', 1),
        ({a1}, 7, {06}, {b4}, 1, 'T', 1);
      insert into tallies values ({a1}, {b1}, 2), ({a1}, {b3}, 1), ({a2}, {b2}, 1);
      update pools set taken = 4 where id = {a1};
      insert into payments (id, order_id, buyer_id, gateway, state, amount, captured, refunded,
          return_token, session_ends, created_at, updated_at)
        select id, of, buyer, 'simulator', state, amount, captured, refunded, id::text, now(), now(), now()
        from (values
          ({f1}, {02}, {b2}, 'APPROVED', 1050, 1050, 0),
          ({f2}, {02}, {b2}, 'FAILED',   1050, 0, 0),
          ({f3}, {05}, {b3}, 'APPROVED', 2000, 2000, 500),
          ({f4}, {05}, {b3}, 'REFUNDING', 2000, 2000, 0),
          ({f5}, {06}, {b4}, 'REFUNDED', 1000, 1000, 1000),
          ({f6}, {04}, {b3}, 'REFUNDED', 2000, 2000, 2000))
          as p (id, of, buyer, state, amount, captured, refunded);
      insert into refunds (id, payment_id, amount, reason, created_at, done_at) values
        ({e3}, {f3}, 500, 'SELLER', now(), now()), ({e4}, {f4}, 2000, 'ORDER_GONE', now(), null),
        ({e5}, {f5}, 1000, 'BUYER', now(), now()), ({e6}, {f6}, 2000, 'LATE', now(), now());
      insert into order_refunds (id, order_id, asked_by, amount, items, quantities, stock_returned,
          fingerprint, created_at) values
        ({e3}, {05}, 'SELLER', 500, array[{a1}], array[1], true, 0, now()),
        ({e5}, {06}, 'BUYER', 1000, array[{a1}], array[1], true, 0, now());
      update orders set refunded = 500 where id = {05};
      update orders set refunded = 1000 where id = {06};
      insert into ledger (payment_id, movement, account, gateway, amount)
        select id, movement, account, 'simulator', side.amount
        from payments,
          lateral (values ('CAPTURED', 'GATEWAY', captured), ('CAPTURED', 'SALES', - captured),
              ('RETURNED', 'REFUNDS', refunded), ('RETURNED', 'GATEWAY', - refunded))
            as side (movement, account, amount)
        where side.amount <> 0;
      insert into ledger (payment_id, movement, account, gateway, amount)
        select payment_id, 'OWED', account, 'simulator', sign * amount
        from refunds, (values ('SALES', 1), ('REFUNDS', -1)) as side (account, sign);
      """;

  private static FreshDatabase database;
  private static JdbcClient jdbc;
  private static Audit audit;

  @BeforeAll
  static void connect() {
    database = new FreshDatabase();
    jdbc = database.jdbc();
    // Only here may the ledger be changed.
    run("alter table ledger disable trigger all");
    audit = new PostgresAudit(database.template(), database.transactions());
  }

  @AfterAll
  static void disconnect() {
    database.close();
  }

  @BeforeEach
  void writeRowsInOrder() {
    run(IN_ORDER);
  }

  @AfterEach
  void removeRows() {
    run(
        "truncate drops, items, pools, claims, tallies, orders, order_refunds, payments, refunds, ledger, "
            + "audits cascade");
  }

  @Test
  void findsRowsInOrder() {
    var report = audit.drop(DROP).orElseThrow();

    assertThat(report.violations()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.items())
        .containsExactly(new ItemCount(MUG, 10, 6, 2, 2, 7), new ItemCount(CUP, 5, 2, 2, 1, 2));
    assertThat(report.money()).isEqualTo(new MoneyCount(8_050, 2_550, 2_000, 3_500));
  }

  @Test
  void knowsNothingOfADropThatDoesNotExist() {
    assertThat(audit.drop(new DropId(uuid("ff")))).isEmpty();
  }

  /** Rules that must be named, and what was done to the rows. */
  static List<Arguments> faults() {
    return List.of(
        // Stock.
        spoil("pool", "insert into items values ({a3}, {d0}, 3, 'plate', 1, 1)"),
        spoil("pool", "insert into pools (id, group_id, capacity) values ({a3}, {d0}, 1)"),
        spoil("capacity", "update pools set capacity = 3, taken = 3 where id = {a1}", "taken"),
        spoil("taken", "update pools set taken = taken + 1 where id = {a1}"),
        spoil("taken", "update pools set taken = taken - 1 where id = {a2}"),
        spoil("sequence", "update pools set next_sequence = 9 where id = {a1}"),
        spoil(
            "sequence",
            "update claims set sequence = 9 where pool_id = {a1} and sequence = 3; "
                + "update orders set sequences = array[9] where id = {03}"),
        spoil("sequence", "delete from claims where pool_id = {a1} and sequence = 4", "line"),
        // People.
        spoil("tally", "update tallies set units = 1 where pool_id = {a1} and claimant_id = {b1}"),
        spoil("tally", "delete from tallies where pool_id = {a1} and claimant_id = {b3}"),
        spoil("tally", "insert into tallies values ({a2}, {b9}, 1)"),
        spoil("tally", "insert into tallies values ({a2}, {b9}, 0)"),
        spoil("limit", "update pools set limit_per_claimant = 1 where id = {a2}"),
        // Orders and claims.
        spoil("key", "update orders set buyer_key = id where id = {01}"),
        spoil("key", "update orders set buyer_id = {b9} where id = {02}", "claim"),
        spoil("claim", "update claims set state = 'C' where holder_id = {01}"),
        spoil("claim", "update claims set state = 'H' where holder_id = {02}"),
        spoil("claim", "update claims set state = 'E' where holder_id = {03}"),
        spoil("claim", "update claims set state = 'R' where holder_id = {04}"),
        spoil("claim", "update claims set state = 'E' where holder_id = {06}", "returned"),
        spoil("claim", "update orders set state = 'CANCELLED' where id = {01}"),
        spoil("claim", "update orders set state = 'PAYING' where id = {02}", "money", "paying"),
        spoil("claim", "update orders set state = 'LOST' where id = {03}"),
        spoil("claim", "update orders set quantities = array[2] where id = {03}", "amount"),
        spoil("claim", "update orders set buyer_id = {b9} where id = {03}", "key"),
        spoil("claim", "update orders set again_sequences = null where id = {05}", "returned"),
        spoil("claim", "update claims set holder_id = {09} where holder_id = {04}", "line"),
        spoil(
            "claim",
            "insert into claims values ({a1}, 8, {09}, {b9}, 1, 'E'); "
                + "update pools set next_sequence = 9 where id = {a1}"),
        spoil(
            "claim",
            "insert into claims values ({a1}, 8, {02}, {b2}, 1, 'E'); "
                + "update pools set next_sequence = 9 where id = {a1}",
            "tally"),
        spoil(
            "claim",
            "update orders set sequences = array[1, 2] where id = {01}",
            "line",
            "overdue"),
        spoil("claim", "update orders set quantities = array[2, 1] where id = {01}", "amount"),
        spoil("line", "update orders set sequences = array[8] where id = {03}", "claim"),
        spoil(
            "line",
            "insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount, items, "
                + "quantities, sequences, created_at, expires_at, held_until) values ({09}, {d0}, {b9}, {09}, 0, "
                + "'PENDING', 1000, array[{a1}], array[1], array[1]::bigint[], now(), now(), now())",
            "key"),
        spoil("overdue", "update orders set held_until = now() - interval '1 h' where id = {01}"),
        // Refunds.
        spoil(
            "returned",
            "update claims set returned = null where holder_id = {05}",
            "tally",
            "taken"),
        spoil("returned", "update claims set state = 'C' where holder_id = {06}"),
        spoil("returned", "update claims set state = 'T' where holder_id = {02}", "taken", "tally"),
        spoil("returned", "update order_refunds set stock_returned = false where id = {e3}"),
        spoil("returned", "update order_refunds set quantities = array[3] where id = {e3}"),
        spoil("returned", "delete from order_refunds where id = {e5}", "given_back"),
        spoil("ticket", "update drops set kind = 'TICKET'"),
        spoil("given_back", "update orders set refunded = 501 where id = {05}"),
        spoil("given_back", "update orders set refunded = null where id = {06}"),
        spoil("given_back", "update order_refunds set amount = 400 where id = {e3}"),
        spoil("given_back", "update refunds set id = {e9} where id = {e5}"),
        // Money.
        spoil("amount", "update orders set amount = 1 where id = {01}"),
        spoil("amount", "update orders set amount = 1 where id = {03}"),
        spoil("amount", "update items set price = 51 where id = {a2}"),
        spoil("amount", "update items set price = 1001 where id = {a1}"),
        spoil("paying", "update orders set state = 'PAYING' where id = {01}"),
        spoil("paying", "update payments set order_id = {01}, state = 'UNKNOWN' where id = {f2}"),
        spoil("money", "update payments set order_id = {03} where id = {f1}"),
        spoil("money", "update payments set captured = 1049 where id = {f1}", "ledger"),
        spoil("money", "update payments set captured = 1050 where id = {f2}", "ledger"),
        spoil("money", "delete from refunds where id = {e4}", "ledger"),
        spoil("money", "update refunds set reason = 'LATE' where id = {e3}", "given_back"),
        spoil("refund", "update payments set refunded = 400 where id = {f3}", "money", "ledger"),
        spoil("refund", "update refunds set amount = 600 where id = {e6}"),
        spoil("ledger", "delete from ledger where payment_id = {f5}"),
        spoil("ledger", "delete from ledger where payment_id = {f4} and movement = 'OWED'"),
        spoil(
            "ledger",
            "update refunds set reason = 'SELLER', refused_at = now() where id = {e4}",
            "money"),
        spoil(
            "given_back",
            "update refunds set refused_at = now(), done_at = null where id = {e3}",
            "money",
            "refund"),
        spoil("given_back", "update order_refunds set refused_at = now() where id = {e5}"),
        spoil(
            "ledger",
            "insert into ledger (payment_id, movement, account, gateway, amount) "
                + "values ({f1}, 'CAPTURED', 'SALES', 'simulator', 1)"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("faults")
  void namesTheRuleThatIsBroken(String rule, Set<String> also, String fault) {
    run(fault);

    var broken =
        audit.drop(DROP).orElseThrow().violations().stream()
            .map(Violation::rule)
            .collect(Collectors.toSet());

    assertThat(broken).contains(rule);
    broken.remove(rule);
    assertThat(also).as("what else is broken").containsAll(broken);
  }

  @Test
  void hasAFaultForEachOfItsRules() {
    assertThat(faults().stream().map(arguments -> arguments.get()[0]).collect(Collectors.toSet()))
        .isEqualTo(Arrays.stream(Rule.values()).map(Rule::title).collect(Collectors.toSet()));
  }

  @Test
  void tellsAFewOfManyViolations() {
    run(
        "insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)"
            + " select {a2}, n, gen_random_uuid(), gen_random_uuid(), 1, 'E' from generate_series(3, 1000) n;"
            + "update pools set next_sequence = 1001 where id = {a2}");

    assertThat(audit.drop(DROP).map(Report::violations).orElseThrow()).hasSize(20);
  }

  @Test
  void looksOnlyAtItsDrop() {
    run("update payments set captured = 0 where id = {f1}");
    run(
        "insert into drops values ({d1}, {5e}, 'Cups', '', 'GOODS', 'PUBLISHED', now(), null, 5, '[]', now(), 168, null)");

    assertThat(audit.drop(new DropId(uuid("d1"))).orElseThrow().isClean()).isTrue();
  }

  @Test
  void alarmsAboutDropsThatBreakARuleUntilTheyAreMended() {
    var meters = new SimpleMeterRegistry();
    var rounds = new AuditRounds(jdbc, audit, meters);
    var gauge = meters.get("seonchak.audit.violations").gauge();

    rounds.audit();
    assertThat(gauge.value()).isZero();

    run("update pools set taken = taken + 1 where id = {a1}");
    letTimePass();
    rounds.audit();
    assertThat(gauge.value()).isOne();

    run("update pools set taken = taken - 1 where id = {a1}");
    letTimePass();
    rounds.audit();
    assertThat(gauge.value()).isZero();
  }

  @Test
  void tellsWhatTheLastRoundFound() {
    var rounds = new AuditRounds(jdbc, audit, new SimpleMeterRegistry());
    assertThat(audit.last(DROP)).as("before the first round").isEmpty();

    rounds.audit();
    var clean = audit.last(DROP).orElseThrow();
    assertThat(clean.isClean()).isTrue();

    run("update pools set taken = taken + 1 where id = {a1}");
    letTimePass();
    rounds.audit();
    var spoilt = audit.last(DROP).orElseThrow();
    assertThat(spoilt.violations()).isOne();
    assertThat(spoilt.isClean()).isFalse();
    assertThat(spoilt.at()).isAfter(clean.at());
  }

  /** A query may be silent for longer than other users of the pool would wait for it. */
  @Test
  void waitsForAQueryLongerThanTheConnectionAllowsOthers() throws Exception {
    seeItemsBy("pg_sleep(1.5)");
    try (var impatient = database.impatient(1)) {
      try (var connection = impatient.getConnection()) {
        assertThat(connection.getNetworkTimeout()).as("before").isEqualTo(1_000);
      }
      var patient =
          new PostgresAudit(new JdbcTemplate(impatient), new JdbcTransactionManager(impatient));

      assertThat(patient.drop(DROP).orElseThrow().isClean()).isTrue();

      try (var connection = impatient.getConnection()) {
        assertThat(connection.getNetworkTimeout()).as("given back").isEqualTo(1_000);
      }
    } finally {
      seeItems();
    }
  }

  /** Whoever reads with helpers sees no items, and so pools of none. */
  @Test
  void readsWithOneBackendOnly() {
    seeItemsBy("(select where current_setting('max_parallel_workers_per_gather') = '0') as alone");
    try {
      assertThat(audit.drop(DROP).orElseThrow().isClean()).isTrue();
    } finally {
      seeItems();
    }
  }

  private static void seeItemsBy(String condition) {
    run("alter table items rename to some_items");
    run("create view items as select some_items.* from some_items, " + condition);
  }

  private static void seeItems() {
    run("drop view items");
    run("alter table some_items rename to items");
  }

  @Test
  void countsAnAuditThatFailsAndAuditsTheOtherDrops() {
    var meters = new SimpleMeterRegistry();
    var rounds = new AuditRounds(jdbc, audit, meters);
    // Their sum is too large to be read.
    run("update payments set captured = 9000000000000000000 where id in ({f1}, {f5})");
    run(
        "insert into drops values ({d1}, {5e}, 'Cups', '', 'GOODS', 'PUBLISHED', now(), null, 5, '[]', now(), 168, null); "
            + "insert into items values ({a3}, {d1}, 1, 'cup', 1000, 2)");

    rounds.audit();

    assertThat(audited("violations = 1")).isEqualTo(2);
    assertThat(meters.get("seonchak.audit.violations").gauge().value()).isEqualTo(2);
  }

  @Test
  void auditsDropsWhoseCountersMovedBeforeOthers() {
    run(
        """
        insert into drops select gen_random_uuid(), {5e}, 'Cups', '', 'GOODS', 'PUBLISHED', now(),
          null, 5, '[]', now() from generate_series(1, 9)
        """);
    var rounds = new AuditRounds(jdbc, audit, new SimpleMeterRegistry());
    for (int round = 0; round < 4; round++) {
      rounds.audit();
    }
    assertThat(audited("mark is not null or audited_at > 'epoch'")).isEqualTo(10);

    letTimePass();
    run("update audits set audited_at = audited_at + interval '3 seconds' where drop_id = {d0}");
    run("update pools set taken = taken + 1 where id = {a2}");
    rounds.audit();

    assertThat(audited("drop_id = {d0} and violations = 1")).isOne();
  }

  @Test
  void auditsALargeDropOnceItStandsStillOrAnHourHasGoneBy() {
    var rounds = new AuditRounds(jdbc, audit, new SimpleMeterRegistry());
    rounds.audit();
    Instant before = audit.last(DROP).orElseThrow().at();

    // By the counter it has more claims than are read in a rush, and goes on moving.
    for (int round = 0; round < 3; round++) {
      run("update pools set next_sequence = 600000 + next_sequence where id = {a1}");
      letTimePass();
      rounds.audit();
      assertThat(audit.last(DROP).orElseThrow().at()).isEqualTo(before);
    }
    letTimePass();
    rounds.audit();
    assertThat(audit.last(DROP).orElseThrow().violations()).as("stands still").isOne();

    Instant then = audit.last(DROP).orElseThrow().at();
    run("update pools set next_sequence = 1 + next_sequence where id = {a1}");
    run("update audits set found_at = found_at - interval '61 minutes'");
    letTimePass();
    rounds.audit();
    assertThat(audit.last(DROP).orElseThrow().at()).as("an hour has gone by").isAfter(then);
  }

  @Test
  void enlistsADropAsSoonAsItIsPublished() {
    run(
        "insert into drops values ({d1}, {5e}, 'Cups', '', 'GOODS', 'DRAFT', now(), null, 5, '[]', now(), 168, null)");
    assertThat(audited("drop_id = {d1}")).isZero();
    run("update drops set state = 'PUBLISHED' where id = {d1}");
    assertThat(audited("drop_id = {d1} and audited_at = 'epoch'")).isOne();
    run("update audits set audited_at = now(), violations = 1 where drop_id = {d1}");
    run("update drops set state = 'CLOSED' where id = {d1}");
    assertThat(audited("drop_id = {d1} and violations = 1")).as("audited once more").isOne();
  }

  @Test
  void addsUpItsFindingsWithoutReadingTheDropsInOrder() {
    run(
        """
        insert into drops select gen_random_uuid(), {5e}, 'Cups', '', 'GOODS', 'PUBLISHED', now(),
          null, 5, '[]', now() from generate_series(1, 5000)
        """);
    run("update audits set violations = 2 where drop_id = {d0}");
    run("analyze audits");
    var plan =
        String.join(
            "\n",
            jdbc.sql("explain analyze " + AuditRounds.FOUND)
                .param("most", 1_000)
                .query(String.class)
                .list());
    assertThat(plan).contains("audits_violations").doesNotContain("Seq Scan");
  }

  private static void letTimePass() {
    run("update audits set audited_at = audited_at - interval '10 seconds'");
  }

  private static long audited(String condition) {
    return jdbc.sql("select count(*) from audits where " + withIds(condition))
        .query(Long.class)
        .single();
  }

  private static Arguments spoil(String rule, String fault, String... also) {
    return Arguments.of(rule, Set.of(also), fault);
  }

  private static void run(String sql) {
    jdbc.sql(withIds(sql)).update();
  }

  /** {@code {a1}} is short for an id. */
  private static String withIds(String sql) {
    return sql.replaceAll("\\{([0-9a-f]{2})}", "uuid '00000000-0000-0000-0000-0000000000$1'");
  }

  private static UUID uuid(String end) {
    return UUID.fromString("00000000-0000-0000-0000-0000000000" + end);
  }
}
