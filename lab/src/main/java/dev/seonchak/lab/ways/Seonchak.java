package dev.seonchak.lab.ways;

import dev.seonchak.allocation.postgres.PostgresJournal;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Engine;
import dev.seonchak.engine.EngineSettings;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Key;
import dev.seonchak.engine.Line;
import dev.seonchak.engine.Outcome;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Reason;
import dev.seonchak.engine.Request;
import dev.seonchak.engine.Ticker;
import dev.seonchak.events.Event;
import dev.seonchak.events.Outbox;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.orders.postgres.NewOrder;
import dev.seonchak.orders.postgres.OrderRows;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The engine, the journal and the rows of orders exactly as the platform runs them, one writer on
 * one connection. What arrives while a commit is in flight is decided together in the next one.
 */
final class Seonchak implements Way {
  private static final Duration HOLD = Duration.ofMinutes(5);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  private final PostgresJournal journal;
  private final Engine engine;

  Seonchak(Servers servers) {
    journal =
        new PostgresJournal(
            servers.jdbcUrl(),
            servers.user(),
            servers.password(),
            SILENCE_MAX,
            List.of(new OrderRows(new NoNews())));
    engine = Engine.start(journal, EngineSettings.DEFAULT, Ticker.SYSTEM, new Random());
  }

  @Override
  public Answer hold(Hold hold) throws InterruptedException {
    return switch (engine.ask(take(hold))) {
      case Outcome.Granted granted -> held(granted);
      case Outcome.Repeated repeated -> held(repeated.original());
      case Outcome.Refused refused -> new Answer.Refused(word(refused.reason()));
      case Outcome other -> throw new IllegalStateException(other.toString());
    };
  }

  private static Request.Take take(Hold hold) {
    return new Request.Take(
        new ClaimantId(hold.claimant()),
        new Key("order", hold.key().toString()),
        hold.fingerprint(),
        new GroupId(hold.drop()),
        hold.lines().stream()
            .map(line -> new Line(new PoolId(line.pool()), line.quantity()))
            .toList(),
        HOLD,
        new NewOrder(
            new HolderId(hold.order()),
            new DropId(hold.drop()),
            new BuyerKey(hold.key()),
            new Money(hold.amount()),
            hold.answers(),
            false));
  }

  private static Answer.Held held(Outcome.Granted granted) {
    return new Answer.Held(
        granted.holder().value(), granted.grants().stream().map(Grant::sequence).toList());
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void close() {
    engine.close();
    journal.close();
  }

  /** A hold is no news to anybody yet, so the platform's outbox has nothing to do here either. */
  private static final class NoNews implements Outbox {
    @Override
    public void append(List<? extends Event> events) {
      throw new IllegalStateException("a hold tells of nothing");
    }

    @Override
    public void append(Connection connection, List<? extends Event> events) {
      append(events);
    }
  }
}
