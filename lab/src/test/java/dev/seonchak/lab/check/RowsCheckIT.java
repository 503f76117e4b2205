package dev.seonchak.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.lab.Ground;
import dev.seonchak.lab.Stand;
import dev.seonchak.lab.load.Acknowledged;
import dev.seonchak.lab.load.Callers;
import dev.seonchak.lab.load.HotItem;
import dev.seonchak.lab.load.Round;
import dev.seonchak.lab.ways.Answer;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Way;
import dev.seonchak.lab.ways.Ways;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A check that cannot fail proves nothing, so every kind of damage is done to right rows. */
class RowsCheckIT {
  private static Servers servers;

  @BeforeAll
  static void prepare() throws Exception {
    servers = Ground.prepare();
    try (Connection connection = Stand.connect(servers);
        Statement statement = connection.createStatement()) {
      // The tables themselves refuse some of the damage, which is not what is tested here.
      statement.execute(
          """
          alter table claims drop constraint claims_pkey;
          alter table pools drop constraint pools_check
          """);
    }
  }

  @Test
  void findsNothingWhenAllIsRight() throws Exception {
    assertThat(after("select 1")).isEmpty();
  }

  static Stream<Arguments> damage() {
    return Stream.of(
        Arguments.of(Finding.Kind.SOLD_TOO_MANY, "update pools set capacity = taken - 1"),
        Arguments.of(
            Finding.Kind.NUMBER_TWICE, "update claims set sequence = 1 where sequence = 2"),
        Arguments.of(
            Finding.Kind.NUMBER_MISSING, "update claims set sequence = 1000000 where sequence = 2"),
        Arguments.of(Finding.Kind.NUMBER_MISSING, "update claims set sequence = sequence + 1"),
        Arguments.of(Finding.Kind.COUNTER_WRONG, "update pools set taken = taken - 1"),
        Arguments.of(Finding.Kind.COUNTER_WRONG, "update pools set next_sequence = 1"),
        Arguments.of(
            Finding.Kind.COUNTER_WRONG, "update claims set state = 'E' where sequence = 3"),
        Arguments.of(Finding.Kind.LOST, "delete from claims where sequence = 2"),
        Arguments.of(
            Finding.Kind.UNTOLD,
            "update claims set holder_id = gen_random_uuid() where sequence = 2"),
        Arguments.of(
            Finding.Kind.ALTERED,
            "update claims set sequence = 5 - sequence where sequence in (2, 3)"),
        Arguments.of(
            Finding.Kind.ALTERED,
            "update claims set claimant_id = gen_random_uuid() where sequence = 2"),
        Arguments.of(
            Finding.Kind.ALTERED,
            "update orders set amount = 1 where id in (select holder_id from claims limit 1)"),
        Arguments.of(Finding.Kind.ALTERED, "update orders set answers = '{}'"),
        Arguments.of(Finding.Kind.ALTERED, "update orders set sequences = '{7}'"),
        Arguments.of(Finding.Kind.ALTERED, "update orders set state = 'EXPIRED'"),
        Arguments.of(Finding.Kind.ALTERED, "update orders set buyer_key = id"),
        Arguments.of(
            Finding.Kind.ORDER_MISSING,
            "delete from orders where id in (select holder_id from claims where sequence = 2)"),
        Arguments.of(Finding.Kind.CLAIM_MISSING, "delete from claims where sequence = 2"),
        Arguments.of(
            Finding.Kind.UNITS_WRONG,
            "insert into tallies select pool_id, claimant_id, 2 from claims where sequence = 2"),
        Arguments.of(
            Finding.Kind.LIMIT_BROKEN, "update claims set quantity = 3 where sequence = 2"));
  }

  @ParameterizedTest
  @MethodSource("damage")
  void findsDamage(Finding.Kind kind, String sql) throws Exception {
    assertThat(after(sql)).extracting(Finding::kind).contains(kind);
  }

  @Test
  void findsAnAnswerThatWasNeverWritten() throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers)) {
      workload.prepare(connection);
      RowsCheck check = RowsCheck.begin(connection);
      var hold = workload.next();
      var invented = new Acknowledged(hold, new Answer.Held(hold.order(), List.of(1L)), 0, 1);

      assertThat(check.end(List.of(invented)))
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.LOST);
    }
  }

  @Test
  void findsRowsThatNobodyWasToldOf() throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers);
        Way way = Ways.PESSIMISTIC.open(servers, 2)) {
      workload.prepare(connection);
      RowsCheck check = RowsCheck.begin(connection);
      List<Acknowledged> told = new ArrayList<>(few(way, workload).acknowledged());
      told.removeFirst();

      assertThat(check.end(told)).extracting(Finding::kind).containsExactly(Finding.Kind.UNTOLD);
    }
  }

  private static Round few(Way way, HotItem workload) throws InterruptedException {
    return new Callers(20).call(way, workload, Duration.ofMillis(200));
  }

  private static List<Finding> after(String damage) throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers);
        Way way = Ways.PESSIMISTIC.open(servers, 2)) {
      workload.prepare(connection);
      RowsCheck check = RowsCheck.begin(connection);
      Round round = few(way, workload);
      assertThat(round.firstFailure()).isNull();
      try (Statement statement = connection.createStatement()) {
        statement.execute(damage);
      }
      return check.end(round.acknowledged());
    }
  }
}
