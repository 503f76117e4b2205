package dev.seonchak.lab.ways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.lab.Ground;
import dev.seonchak.lab.Stand;
import dev.seonchak.lab.check.NumbersCheck;
import dev.seonchak.lab.check.RowsCheck;
import dev.seonchak.lab.load.Callers;
import dev.seonchak.lab.load.HotItem;
import dev.seonchak.lab.load.Round;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way does the same whole work, whatever its pace. */
class WaysIT {
  private static Servers servers;

  @BeforeAll
  static void prepare() {
    servers = Ground.prepare();
  }

  static Stream<Ways> right() {
    return Stream.of(Ways.values()).filter(way -> !way.is(Trait.WRONG));
  }

  static Stream<Ways> rightAndWhole() {
    return right().filter(way -> way.kept() == Ways.Kept.ROWS);
  }

  @ParameterizedTest
  @MethodSource("right")
  void leavesRightRowsBehind(Ways way) throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers);
        Way open = way.open(servers, way.connections().getFirst())) {
      workload.prepare(connection);
      RowsCheck check = RowsCheck.begin(connection);
      open.begin(connection);

      Round round = new Callers(100).call(open, workload, Duration.ofMillis(500));
      open.end(connection);

      assertThat(round.firstFailure()).isNull();
      assertThat(round.refused()).isZero();
      assertThat(round.acknowledged()).isNotEmpty();
      assertThat(
              way.kept() == Ways.Kept.ROWS
                  ? check.end(round.acknowledged())
                  : NumbersCheck.of(round.acknowledged()))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("rightAndWhole")
  void answersARepeatedKeyWithTheFirstOrder(Ways way) throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers);
        Way open = way.open(servers, 2)) {
      workload.prepare(connection);
      open.begin(connection);
      Hold first = workload.next();
      Answer answer = open.hold(first);

      assertThat(answer).isEqualTo(new Answer.Held(first.order(), List.of(1L)));
      assertThat(open.hold(under(UUID.randomUUID(), first, 1))).isEqualTo(answer);
      open.end(connection);
      assertThat(taken(connection)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("rightAndWhole")
  void refusesWhatIsOverTheLimitOrTheStock(Ways way) throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers);
        Way open = way.open(servers, 2)) {
      workload.prepare(connection);
      open.begin(connection);
      Hold tooMany = under(UUID.randomUUID(), workload.next(), 3);

      assertThat(open.hold(tooMany)).isEqualTo(new Answer.Refused("limit-reached"));
      execute(connection, "update pools set capacity = 1");
      open.begin(connection);
      Hold tooMuch = under(UUID.randomUUID(), workload.next(), 2);
      assertThat(open.hold(tooMuch)).isEqualTo(new Answer.Refused("sold-out"));
      open.end(connection);
      assertThat(taken(connection)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("rightAndWhole")
  void addsUpWhatOnePersonHas(Ways way) throws Exception {
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers);
        Way open = way.open(servers, 2)) {
      workload.prepare(connection);
      open.begin(connection);
      Hold first = workload.next();
      for (int i = 0; i < 2; i++) {
        assertThat(open.hold(again(first))).isInstanceOf(Answer.Held.class);
      }

      assertThat(open.hold(again(first))).isEqualTo(new Answer.Refused("limit-reached"));
      open.end(connection);
      assertThat(taken(connection)).isEqualTo(2);
    }
  }

  private static Hold again(Hold hold) {
    return new Hold(
        UUID.randomUUID(),
        hold.drop(),
        hold.claimant(),
        hold.lines(),
        BuyerKey.of(
                new DropId(hold.drop()),
                new AccountId(hold.claimant()),
                UUID.randomUUID().toString())
            .value(),
        hold.fingerprint(),
        hold.amount(),
        hold.answers());
  }

  private static Hold under(UUID order, Hold hold, int quantity) {
    return new Hold(
        order,
        hold.drop(),
        hold.claimant(),
        List.of(new Hold.Line(hold.line().pool(), quantity)),
        hold.key(),
        hold.fingerprint(),
        hold.amount(),
        hold.answers());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long taken(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select taken from pools")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
