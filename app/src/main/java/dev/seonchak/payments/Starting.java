package dev.seonchak.payments;

import dev.seonchak.orders.Order;
import dev.seonchak.orders.Paying;
import dev.seonchak.orders.Paying.Begun;
import dev.seonchak.orders.Paying.Payable;
import dev.seonchak.payments.Gateway.NoAnswer;
import dev.seonchak.payments.Gateway.Purchase;
import dev.seonchak.payments.Gateway.Ready;
import dev.seonchak.payments.Gateway.Refused;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts paying: puts the attempt on record, tells the gateway, and says where the buyer goes. What
 * the gateway is told comes from the order's rows only.
 */
public final class Starting {
  /** What stands for a gateway in the payment of an order that costs nothing. */
  static final String FREE = "free";

  /** Clocks differ and answers travel: a session counts as over this much later than it is. */
  private static final Duration SESSION_MARGIN = Duration.ofMinutes(1);

  private final Payments payments;
  private final Gateways gateways;
  private final Paying orders;
  private final ReturnAddresses addresses;
  private final Ids ids;
  private final ReturnTokens tokens;
  private final TransactionTemplate transaction;

  Starting(
      Payments payments,
      Gateways gateways,
      Paying orders,
      ReturnAddresses addresses,
      Ids ids,
      ReturnTokens tokens,
      TransactionTemplate transaction) {
    this.payments = payments;
    this.gateways = gateways;
    this.orders = orders;
    this.addresses = addresses;
    this.ids = ids;
    this.tokens = tokens;
    this.transaction = transaction;
  }

  /** Starts a payment of the buyer's own order through the named gateway. */
  public Outcome start(OrderId order, AccountId buyer, String gatewayName) {
    return start(
        order,
        buyer,
        yes ->
            gateways
                .find(gatewayName)
                .map(gateway -> tell(gateway, yes))
                .orElseGet(() -> new Outcome.UnknownGateway(gateways.names())));
  }

  /** Pays an order in some way, unless it cannot be paid or costs nothing. */
  Outcome start(OrderId order, AccountId buyer, Function<Payable.Yes, Outcome> pay) {
    return switch (orders.payable(order, buyer)) {
      case Payable.Unknown _ -> new Outcome.UnknownOrder();
      case Payable.FormIncomplete form -> new Outcome.FormIncomplete(form.questions());
      case Payable.Not not -> new Outcome.NotPayable(not.state());
      case Payable.Yes yes when yes.amount().equals(Money.ZERO) -> free(yes);
      case Payable.Yes yes -> pay.apply(yes);
    };
  }

  private Outcome tell(Gateway gateway, Payable.Yes order) {
    var payment = fresh(order, gateway.name());
    if (!payments.add(
        payment,
        gateway.session().plus(SESSION_MARGIN),
        PaymentLimits.STANDARD.paymentsPerOrderMax())) {
      return new Outcome.TooMany();
    }
    var purchase = new Purchase(payment, order.name(), order.quantity(), addresses.of(payment));
    return switch (gateway.ready(purchase)) {
      case Ready ready -> {
        if (ready.gatewayId() != null) {
          payments.named(payment.id(), ready.gatewayId());
        }
        yield new Outcome.Started(payment.id(), ready.desktop(), ready.phone());
      }
      case Refused refused -> {
        payments.failed(payment.id(), Set.of(State.READY), Reason.REFUSED, refused.why());
        yield new Outcome.Unavailable();
      }
      case NoAnswer none -> {
        payments.failed(payment.id(), Set.of(State.READY), Reason.NO_ANSWER, none.why());
        yield new Outcome.Unavailable();
      }
    };
  }

  /** An order over nothing is paid in one transaction, and no gateway hears of it. */
  private Outcome free(Payable.Yes order) {
    var payment = fresh(order, FREE);
    var paid =
        transaction.execute(status -> {
          if (orders.begin(order.order()) != Begun.PAYING) {
            return false;
          }
          Rows.changed(payments.add(payment, Duration.ZERO, Integer.MAX_VALUE));
          orders.paid(order.order());
          Rows.changed(payments.approved(payment.id(), Set.of(State.READY), Money.ZERO));
          return true;
        });
    if (Boolean.TRUE.equals(paid)) {
      var page = addresses.order(payment);
      return new Outcome.Started(payment.id(), page, page);
    }
    return orders.payable(order.order(), order.buyer()) instanceof Payable.Not not
        ? new Outcome.NotPayable(not.state())
        : new Outcome.NotPayable(Order.State.PAYING);
  }

  /** The page of the order that a payment is for. */
  URI page(Payment payment) {
    return addresses.order(payment);
  }

  Payment fresh(Payable.Yes order, String gateway) {
    return new Payment(
        new PaymentId(ids.next()),
        order.order(),
        order.buyer(),
        gateway,
        State.READY,
        order.amount(),
        Money.ZERO,
        Money.ZERO,
        null,
        null,
        tokens.next(),
        null,
        0,
        false);
  }

  /** What came of starting a payment, in order of precedence. */
  public sealed interface Outcome {
    /** There is no such order, or it is somebody else's. */
    record UnknownOrder() implements Outcome {}

    /** Required answers are missing, by question id. */
    record FormIncomplete(List<String> questions) implements Outcome {}

    /** The order is not PENDING within its deadline. */
    record NotPayable(Order.State state) implements Outcome {}

    /** No gateway has that name; these there are. */
    record UnknownGateway(Collection<String> names) implements Outcome {}

    /** The order has been tried to be paid too often. */
    record TooMany() implements Outcome {}

    /** The gateway did not take the attempt or did not answer; another attempt is harmless. */
    record Unavailable() implements Outcome {}

    /** The buyer goes to the gateway now, by an address for large screens or one for phones. */
    record Started(PaymentId payment, URI desktop, URI phone) implements Outcome {}
  }
}
