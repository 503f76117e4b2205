package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.HolderState;
import dev.seonchak.engine.Holding;
import dev.seonchak.orders.Order;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Shows that the races can fail: each way of breaking a rule of paying is noticed. */
class RaceNoticesTest {
  private static final int RACES_MAX = 4_000;

  /** A mistake in orders. */
  enum BrokenOrders {
    BEGINS_WHAT_HAS_EXPIRED,
    BEGINS_WITHOUT_A_LOCK,
    BEGINS_TWICE,
    EXPIRES_WHILE_PAYING,
    EXPIRES_BY_WHAT_IT_SAW_BEFORE_THE_LOCK,
    EXPIRES_TWICE,
    HOLDS_AGAIN_WITHOUT_STOCK,
    LOCKS_NOTHING
  }

  /** A mistake in payments. */
  enum BrokenPayments {
    FORGETS_THE_INTENT,
    FORGETS_TO_ASK,
    FORGETS_LATE_MONEY,
    FORGETS_THE_REFUND,
    FAILS_WHATEVER_ITS_STATE,
    APPROVES_WHATEVER_ITS_STATE,
    FORGETS_THAT_IT_HAS_REFUNDED
  }

  /** A mistake in what is made of the company's answers. */
  enum BrokenGateway {
    TAKES_SILENCE_FOR_A_NO,
    TAKES_SILENCE_FOR_A_YES,
    TAKES_ANY_AMOUNT,
    TAKES_A_NO_FOR_A_YES,
    BELIEVES_IT_HAS_CANCELLED
  }

  @ParameterizedTest
  @EnumSource
  void noticesBrokenOrders(BrokenOrders broken) {
    assertNoticed(
        new Race.Parts() {
          @Override
          MemoryOrders orders(
              MemoryDatabase database, Schedule schedule, TransactionTemplate batch) {
            return new Orders(broken, database, schedule, batch);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void noticesBrokenPayments(BrokenPayments broken) {
    assertNoticed(
        new Race.Parts() {
          @Override
          MemoryPayments payments(MemoryDatabase database, Schedule schedule) {
            return new BadPayments(broken, database, schedule);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void noticesABrokenGateway(BrokenGateway broken) {
    assertNoticed(
        new Race.Parts() {
          @Override
          Gateway gateway(MemoryCompany company) {
            return new BadGateway(broken, company);
          }
        });
  }

  /** The order is paid in one transaction and the payment approved in the next. */
  @Test
  void noticesTwoTransactionsInsteadOfOne() {
    assertNoticed(
        new Race.Parts() {
          @Override
          TransactionTemplate transaction(MemoryDatabase database) {
            return new TransactionTemplate() {
              private static final long serialVersionUID = 1;

              @Override
              public <T> T execute(TransactionCallback<T> work) {
                return work.doInTransaction(new SimpleTransactionStatus());
              }
            };
          }
        });
  }

  private static void assertNoticed(Race.Parts parts) {
    for (long seed = 0; seed < RACES_MAX; seed++) {
      try {
        new Race(seed, parts).run();
      } catch (AssertionError e) {
        return;
      }
    }
    assertThat(RACES_MAX).as("races in which nothing was noticed").isZero();
  }

  private static final class Orders extends MemoryOrders {
    private final BrokenOrders broken;

    Orders(
        BrokenOrders broken,
        MemoryDatabase database,
        Schedule schedule,
        TransactionTemplate batch) {
      super(database, schedule, batch);
      this.broken = broken;
    }

    @Override
    public Begun begin(OrderId order) {
      return switch (broken) {
        case BEGINS_WHAT_HAS_EXPIRED -> {
          var begun = super.begin(order);
          if (begun == Begun.TOO_LATE) {
            move(order, Order.State.PAYING);
            yield Begun.PAYING;
          }
          yield begun;
        }
        case BEGINS_WITHOUT_A_LOCK -> {
          if (payable(order, locked(order).buyer()) instanceof Payable.Yes) {
            move(order, Order.State.PAYING);
            yield Begun.PAYING;
          }
          yield Begun.TOO_LATE;
        }
        case BEGINS_TWICE -> {
          var begun = super.begin(order);
          yield begun == Begun.NOT_PENDING ? Begun.PAYING : begun;
        }
        default -> super.begin(order);
      };
    }

    private Row locked(OrderId order) {
      return database.statement(() -> orders.read(order).orElseThrow());
    }

    @Override
    Row locked(HolderId holder) {
      var id = new OrderId(holder.value());
      var seen = orders.read(id).orElseThrow();
      var now = super.locked(holder);
      return broken == BrokenOrders.EXPIRES_BY_WHAT_IT_SAW_BEFORE_THE_LOCK ? seen : now;
    }

    @Override
    Holding holding(Row row) {
      var holding = super.holding(row);
      var spoiled =
          switch (broken) {
            case EXPIRES_WHILE_PAYING -> holding.state() == HolderState.BUSY;
            case EXPIRES_TWICE -> holding.state() == HolderState.EXPIRED;
            default -> false;
          };
      return spoiled
          ? new Holding(holding.claimant(), HolderState.HELD, holding.deadline(), holding.claims())
          : holding;
    }

    @Override
    public boolean holdAgain(OrderId order, Late why) {
      if (broken != BrokenOrders.HOLDS_AGAIN_WITHOUT_STOCK) {
        return super.holdAgain(order, why);
      }
      return database.statement(() ->
          orders.update(
              order,
              row -> row.state() != Order.State.PAYING && row.state() != Order.State.PAID,
              row -> row.again(row.claim(), schedule.millis() + 120_000)));
    }

    @Override
    public Order.State lock(OrderId order) {
      return broken == BrokenOrders.LOCKS_NOTHING ? locked(order).state() : super.lock(order);
    }
  }

  private static final class BadPayments extends MemoryPayments {
    private final BrokenPayments broken;

    BadPayments(BrokenPayments broken, MemoryDatabase database, Schedule schedule) {
      super(database, schedule);
      this.broken = broken;
    }

    @Override
    public boolean approving(PaymentId id, String proof, Duration askIn) {
      return broken == BrokenPayments.FORGETS_THE_INTENT || super.approving(id, proof, askIn);
    }

    @Override
    public boolean unknown(PaymentId id, String detail, Duration askIn) {
      return super.unknown(
          id, detail, broken == BrokenPayments.FORGETS_TO_ASK ? Duration.ofDays(1) : askIn);
    }

    @Override
    public boolean failedWatched(
        PaymentId id, Set<Payment.State> from, String detail, Duration askIn) {
      return broken == BrokenPayments.FORGETS_LATE_MONEY
          ? failed(id, from, Payment.Reason.DECLINED, detail)
          : super.failedWatched(id, from, detail, askIn);
    }

    @Override
    public boolean refunding(PaymentId id, Set<Payment.State> from, Money captured, Refund refund) {
      return broken == BrokenPayments.FORGETS_THE_REFUND
          ? failed(id, from, refund.reason(), "")
          : super.refunding(id, from, captured, refund);
    }

    @Override
    public boolean failed(
        PaymentId id, Set<Payment.State> from, Payment.Reason reason, String detail) {
      var any = EnumSet.allOf(Payment.State.class);
      return super.failed(
          id, broken == BrokenPayments.FAILS_WHATEVER_ITS_STATE ? any : from, reason, detail);
    }

    @Override
    public boolean approved(PaymentId id, Set<Payment.State> from, Money captured) {
      return broken == BrokenPayments.APPROVES_WHATEVER_ITS_STATE
          || super.approved(id, from, captured);
    }

    @Override
    public boolean refundDone(PaymentId id, Refund refund) {
      return broken == BrokenPayments.FORGETS_THAT_IT_HAS_REFUNDED || super.refundDone(id, refund);
    }
  }

  private record BadGateway(BrokenGateway broken, Gateway gateway) implements Gateway {
    @Override
    public String name() {
      return gateway.name();
    }

    @Override
    public Duration session() {
      return gateway.session();
    }

    @Override
    public Duration answersWithin() {
      return gateway.answersWithin();
    }

    @Override
    public String reference(Payment payment) {
      return gateway.reference(payment);
    }

    @Override
    public @Nullable String proof(Payment payment, Map<String, String> returned) {
      return gateway.proof(payment, returned);
    }

    @Override
    public Readiness ready(Purchase purchase) {
      return gateway.ready(purchase);
    }

    @Override
    public Approval approve(Payment payment) {
      var all = new Captured(payment.amount(), payment.amount(), reference(payment));
      return switch (gateway.approve(payment)) {
        case NoAnswer none when broken == BrokenGateway.TAKES_SILENCE_FOR_A_NO ->
            new Declined(none.why());
        case NoAnswer _ when broken == BrokenGateway.TAKES_SILENCE_FOR_A_YES -> all;
        case Declined _ when broken == BrokenGateway.TAKES_A_NO_FOR_A_YES -> all;
        case Captured _ when broken == BrokenGateway.TAKES_ANY_AMOUNT -> all;
        case Approval other -> other;
      };
    }

    @Override
    public Finding query(Payment payment) {
      return gateway.query(payment);
    }

    @Override
    public Cancellation cancel(Payment payment, UUID refund, Money amount, Money left) {
      return broken == BrokenGateway.BELIEVES_IT_HAS_CANCELLED
          ? new Cancelled(new Money(left.amount() - amount.amount()))
          : gateway.cancel(payment, refund, amount, left);
    }
  }
}
