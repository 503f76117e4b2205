package dev.seonchak.orders.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.FreshDatabase;
import dev.seonchak.allocation.RoundTrip;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome.Granted;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Request.Take;
import dev.seonchak.orders.Order;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every order of a batch is in the table as it was decided, whether they are few or many. */
class NewOrdersIT {
  private static final Instant AT = Instant.parse("2026-11-23T09:59:59.123457Z");
  private static final List<String> ANSWERS =
      List.of(
          "{}",
          "{\"memo\":\"a \\\"quoted\\\", {braced} \\\\ NULL\"}",
          "{\"name\":\"김선착 🎟\"}",
          "null",
          "");

  private final Random random = new Random(20261123);
  private FreshDatabase database;

  @BeforeEach
  void open() {
    database = new FreshDatabase();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** A row of the table, but for its id. */
  private record Row(
      UUID drop,
      UUID buyer,
      UUID key,
      long fingerprint,
      String state,
      long amount,
      List<Grant> grants,
      @Nullable String answers,
      Instant created,
      Instant expires,
      Instant heldUntil) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 65, 300})
  void writesEachAsItWasDecided(int count) throws SQLException {
    List<Taken> granted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      granted.add(anyTaken());
    }
    try (var connection = database.connection()) {
      connection.setAutoCommit(false);
      List<RoundTrip.Step> rest = NewOrders.write(connection, granted);
      if (!rest.isEmpty()) {
        RoundTrip.send(connection, rest);
      }
      connection.commit();
    }
    for (Taken taken : granted) {
      assertThat(read(taken.granted().holder().value())).isEqualTo(expected(taken));
    }
    assertThat(database.jdbc().sql("select count(*) from orders").query(Long.class).single())
        .isEqualTo(count);
  }

  private Taken anyTaken() {
    var drop = new DropId(id());
    var buyer = new AccountId(id());
    List<Line> lines = new ArrayList<>();
    List<Grant> grants = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      var line = new Line(new PoolId(id()), 1 + random.nextInt(9));
      lines.add(line);
      grants.add(new Grant(line.pool(), line.quantity(), 1 + random.nextLong(1L << 40)));
    }
    var answers = random.nextInt(3) == 0 ? null : ANSWERS.get(random.nextInt(ANSWERS.size()));
    var order =
        new NewOrder(
            new HolderId(id()),
            drop,
            BuyerKey.of(drop, buyer, "k"),
            new Money(random.nextLong(1L << 50)),
            answers,
            random.nextBoolean());
    var take =
        new Take(
            new ClaimantId(buyer.value()),
            new Key("order", "k"),
            random.nextLong(),
            new GroupId(drop.value()),
            lines,
            Duration.ofNanos(1_000L * (1 + random.nextLong(366L * 86_400_000_000L))),
            order);
    return new Taken(take, new Granted(order.id(), grants, AT, AT.plus(take.hold())));
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static Row expected(Taken taken) {
    NewOrder order = (NewOrder) taken.take().holder();
    Granted hold = taken.granted();
    return new Row(
        order.drop().value(),
        taken.take().claimant().value(),
        order.key().value(),
        taken.take().fingerprint(),
        (order.paid() ? Order.State.PAID : Order.State.PENDING).name(),
        order.amount().amount(),
        hold.grants(),
        order.answers(),
        hold.at(),
        hold.deadline(),
        hold.deadline());
  }

  private Row read(UUID order) {
    return database
        .jdbc()
        .sql(
            """
            select drop_id, buyer_id, buyer_key, fingerprint, state, amount, items, quantities,
                   sequences, answers, created_at, expires_at, held_until
              from orders where id = :id
            """)
        .param("id", order)
        .query((row, number) ->
            new Row(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class),
                row.getLong(4),
                row.getString(5),
                row.getLong(6),
                Grants.at(row, 7),
                row.getString(10),
                instant(row, 11),
                instant(row, 12),
                instant(row, 13)))
        .single();
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
