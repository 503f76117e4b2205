package dev.seonchak.payments;

import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Payments and refunds without a database, by the same rules as their tables. */
class MemoryPayments implements Payments, Refunds, Unsettled {
  private static final Set<State> CAPTURING =
      EnumSet.of(State.APPROVING, State.UNKNOWN, State.APPROVED);

  final MemoryDatabase database;
  private final Schedule schedule;
  final MemoryDatabase.Table<PaymentId, Row> payments;

  MemoryPayments(MemoryDatabase database, Schedule schedule) {
    this.database = database;
    this.schedule = schedule;
    payments = database.new Table<>();
  }

  /**
   * @param askAt in milliseconds of the schedule, null when there is nothing to find out
   */
  record Row(Payment payment, long sessionEnds, @Nullable Long askAt, @Nullable Refund refund) {
    Row with(Payment changed) {
      return new Row(changed, sessionEnds, askAt, refund);
    }

    Row asking(@Nullable Long at) {
      return new Row(payment, sessionEnds, at, refund);
    }

    Row refunding(@Nullable Refund open) {
      return new Row(payment, sessionEnds, askAt, open);
    }
  }

  /** All payments, as everybody sees them. */
  List<Row> committed() {
    return payments.committed();
  }

  private Payment seen(Row row) {
    var p = row.payment();
    return change(p, p.state(), p.reason(), p.asked(), row.sessionEnds() < schedule.millis());
  }

  /** The same attempt with all of it that changes. */
  private static Payment same(
      Payment p,
      State state,
      Money captured,
      Money refunded,
      @Nullable String gatewayId,
      @Nullable String proof,
      @Nullable Reason reason,
      int asked,
      boolean sessionOver) {
    return new Payment(
        p.id(),
        p.order(),
        p.buyer(),
        p.gateway(),
        state,
        p.amount(),
        captured,
        refunded,
        gatewayId,
        proof,
        p.token(),
        reason,
        asked,
        sessionOver);
  }

  private static Payment change(
      Payment p, State state, @Nullable Reason reason, int asked, boolean over) {
    return same(
        p, state, p.captured(), p.refunded(), p.gatewayId(), p.proof(), reason, asked, over);
  }

  private static Payment told(Payment p, @Nullable String gatewayId, @Nullable String proof) {
    var over = p.sessionOver();
    return same(
        p, p.state(), p.captured(), p.refunded(), gatewayId, proof, p.reason(), p.asked(), over);
  }

  private static Payment money(Payment p, Money captured, Money refunded) {
    var over = p.sessionOver();
    return same(
        p, p.state(), captured, refunded, p.gatewayId(), p.proof(), p.reason(), p.asked(), over);
  }

  private static Payment moved(Payment p, State state, @Nullable Reason reason, int asked) {
    return change(p, state, reason, asked, false);
  }

  private long in(Duration wait) {
    return schedule.millis() + wait.toMillis();
  }

  private boolean update(PaymentId id, Predicate<Payment> where, UnaryOperator<Row> change) {
    return database.statement(() ->
        payments.update(id, row -> where.test(row.payment()), row -> unique(change.apply(row))));
  }

  /** What the unique index says: one attempt of an order may capture money. */
  private Row unique(Row changed) {
    var payment = changed.payment();
    if (CAPTURING.contains(payment.state())
        && payments.all().stream()
            .map(Row::payment)
            .anyMatch(other ->
                other.order().equals(payment.order())
                    && !other.id().equals(payment.id())
                    && CAPTURING.contains(other.state()))) {
      throw new IllegalStateException("a second payment of order " + payment.order());
    }
    return changed;
  }

  @Override
  public Optional<Payment> find(PaymentId id) {
    return database.statement(() -> payments.read(id).map(this::seen));
  }

  @Override
  public Optional<Payment> byToken(String token) {
    return database.statement(() ->
        payments.all().stream()
            .map(this::seen)
            .filter(payment -> payment.token().equals(token))
            .findFirst());
  }

  @Override
  public List<Payment> of(OrderId order) {
    return database.statement(() ->
        payments.all().stream()
            .map(this::seen)
            .filter(payment -> payment.order().equals(order))
            .toList());
  }

  @Override
  public boolean add(Payment payment, Duration session, int perOrderMax) {
    return database.statement(() -> {
      payments.insert(payment.id(), new Row(payment, in(session), null, null));
      return true;
    });
  }

  @Override
  public boolean named(PaymentId id, String gatewayId) {
    return update(
        id,
        payment -> payment.state() == State.READY,
        row -> row.with(told(row.payment(), gatewayId, row.payment().proof())));
  }

  @Override
  public boolean approving(PaymentId id, String proof, Duration askIn) {
    return update(
        id,
        payment -> payment.state() == State.READY,
        row ->
            row.with(
                    moved(
                        told(row.payment(), row.payment().gatewayId(), proof),
                        State.APPROVING,
                        null,
                        0))
                .asking(in(askIn)));
  }

  @Override
  public boolean approved(PaymentId id, Set<State> from, Money captured) {
    return update(
        id,
        payment -> from.contains(payment.state()),
        row ->
            row.with(
                    moved(
                        money(row.payment(), captured, row.payment().refunded()),
                        State.APPROVED,
                        null,
                        0))
                .asking(null));
  }

  @Override
  public boolean failed(PaymentId id, Set<State> from, Reason reason, String detail) {
    return update(
        id,
        payment -> from.contains(payment.state()),
        row -> row.with(moved(row.payment(), State.FAILED, reason, 0)).asking(null));
  }

  @Override
  public boolean failedWatched(PaymentId id, Set<State> from, String detail, Duration askIn) {
    return update(
        id,
        payment -> from.contains(payment.state()),
        row -> row.with(moved(row.payment(), State.FAILED, Reason.DECLINED, 0)).asking(in(askIn)));
  }

  @Override
  public boolean unknown(PaymentId id, String detail, Duration askIn) {
    return update(
        id,
        Payment::unanswered,
        row ->
            row.with(moved(row.payment(), State.UNKNOWN, Reason.NO_ANSWER, row.payment().asked()))
                .asking(in(askIn)));
  }

  @Override
  public boolean refunding(PaymentId id, Set<State> from, Money captured, Refund refund) {
    return update(
        id,
        payment -> from.contains(payment.state()),
        row ->
            row.with(
                    moved(
                        money(row.payment(), captured, row.payment().refunded()),
                        State.REFUNDING,
                        refund.reason(),
                        0))
                .asking(schedule.millis())
                .refunding(refund));
  }

  @Override
  public Optional<Open> openRefund(PaymentId id) {
    return database.statement(() -> payments.read(id).flatMap(MemoryPayments::open));
  }

  private static Optional<Open> open(Row row) {
    var payment = row.payment();
    return Optional.ofNullable(row.refund())
        .map(refund ->
            new Open(
                refund,
                new Money(
                    payment.captured().amount()
                        - payment.refunded().amount()
                        - refund.amount().amount()),
                false));
  }

  @Override
  public boolean refundDone(PaymentId id, Refund refund) {
    return database.statement(() ->
        payments.update(
            id,
            row -> row.payment().state() == State.REFUNDING && refund.equals(row.refund()),
            row -> {
              var refunded = row.payment().refunded().plus(refund.amount());
              var all = refunded.equals(row.payment().captured());
              return row.with(
                      moved(
                          money(row.payment(), row.payment().captured(), refunded),
                          all ? State.REFUNDED : State.APPROVED,
                          row.payment().reason(),
                          0))
                  .asking(null)
                  .refunding(null);
            }));
  }

  @Override
  public List<Payment> takeDue(String gateway, int atMost, Duration lease) {
    return database.statement(() ->
        payments.all().stream()
            .filter(row -> isDue(row) && row.payment().gateway().equals(gateway))
            .filter(row ->
                payments.update(
                    row.payment().id(),
                    this::isDue,
                    due ->
                        due.with(
                                moved(
                                    due.payment(),
                                    due.payment().state(),
                                    due.payment().reason(),
                                    due.payment().asked() + 1))
                            .asking(in(lease))))
            .map(row -> seen(payments.read(row.payment().id()).orElseThrow()))
            .limit(atMost)
            .toList());
  }

  private boolean isDue(Row row) {
    return row.askAt() != null && row.askAt() <= schedule.millis();
  }

  @Override
  public void askAgain(PaymentId id, State state, Duration in) {
    update(id, payment -> payment.state() == state, row -> row.asking(in(in)));
  }

  @Override
  public void askWithin(PaymentId id, Duration time) {
    update(
        id,
        payment -> Set.of(State.READY, State.UNKNOWN, State.FAILED).contains(payment.state()),
        row -> row.askAt() != null && row.askAt() <= in(time) ? row : row.asking(in(time)));
  }

  @Override
  public void askNoMore(PaymentId id, State state) {
    update(id, payment -> payment.state() == state, row -> row.asking(null));
  }

  @Override
  public int expireSessions() {
    return 0;
  }

  @Override
  public List<Unanswered> unanswered() {
    return List.of();
  }
}
