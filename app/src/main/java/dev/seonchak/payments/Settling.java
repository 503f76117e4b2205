package dev.seonchak.payments;

import dev.seonchak.orders.Paying;
import dev.seonchak.orders.Paying.Begun;
import dev.seonchak.orders.Paying.Late;
import dev.seonchak.payments.Gateway.Captured;
import dev.seonchak.payments.Gateway.Declined;
import dev.seonchak.payments.Gateway.NoAnswer;
import dev.seonchak.payments.Gateway.StillOpen;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.Money;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Settles payments: from the buyer's return to a paid order, a definite no, or money on its way
 * back.
 *
 * <p>Each change of state is one transaction that locks the order first and the payment second, and
 * no gateway is called inside one. Between "the order is PAYING" and "this is what became of it"
 * stands the gateway's answer; when it is missing, the order stays PAYING, and so keeps its stock,
 * until {@link #ask} has found out.
 */
public final class Settling {
  /** How much later than the last possible answer the reconciler may step in. */
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(2);

  private final Payments payments;
  private final Unsettled unsettled;
  private final Gateways gateways;
  private final Paying orders;
  private final Verdicts verdicts;
  private final PaymentLimits limits;
  private final TransactionTemplate transaction;

  Settling(
      Payments payments,
      Unsettled unsettled,
      Gateways gateways,
      Paying orders,
      Verdicts verdicts,
      PaymentLimits limits,
      TransactionTemplate transaction) {
    this.payments = payments;
    this.unsettled = unsettled;
    this.gateways = gateways;
    this.orders = orders;
    this.verdicts = verdicts;
    this.limits = limits;
    this.transaction = transaction;
  }

  /**
   * The buyer is back from the gateway; however often, in however many tabs, money is captured at
   * most once.
   *
   * @param returned the parameters of the address, as the gateway made them
   * @return the payment as it is afterwards, empty when no payment has this token
   */
  public Optional<Payment> returned(String token, Map<String, String> returned) {
    var found = payments.byToken(token);
    if (found.isEmpty() || found.get().state() != State.READY) {
      return found;
    }
    var payment = found.get();
    var gateway = gateways.find(payment.gateway());
    var proof = gateway.map(known -> known.proof(payment, returned)).orElse(null);
    if (gateway.isPresent() && proof != null) {
      begin(payment, gateway.get(), proof);
    }
    return payments.byToken(token);
  }

  /** The buyer turned back at the gateway, or the gateway did. Nothing had been asked of it yet. */
  public Optional<Payment> turnedBack(String token, Reason reason) {
    payments
        .byToken(token)
        .ifPresent(payment -> payments.failed(payment.id(), Set.of(State.READY), reason, ""));
    return payments.byToken(token);
  }

  /** The gateway sent the buyer to the address for failures, and may have said why. */
  public Optional<Payment> sentBack(String token, Map<String, String> returned) {
    return payments
        .byToken(token)
        .flatMap(payment ->
            turnedBack(
                token,
                gateways
                    .find(payment.gateway())
                    .map(gateway -> gateway.turnedBack(returned))
                    .orElse(Reason.DECLINED)));
  }

  /** The payment with this token, as it is. */
  public Optional<Payment> find(String token) {
    return payments.byToken(token);
  }

  private void begin(Payment payment, Gateway gateway, String proof) {
    var begun = intend(payment, gateway, proof);
    if (begun == Begun.TOO_LATE) {
      // The hold is over, but nothing has been captured: with stock left the buyer still gets it.
      orders.holdAgain(payment.order(), Late.BACK);
      begun = intend(payment, gateway, proof);
    }
    switch (begun) {
      case PAYING -> approve(payments.find(payment.id()).orElseThrow(), gateway, false);
      case TOO_LATE -> payments.failed(payment.id(), Set.of(State.READY), Reason.ORDER_EXPIRED, "");
      case NOT_PENDING -> notPending(payment);
    }
  }

  /** Puts on record that the money is about to be asked for: order PAYING, payment APPROVING. */
  private Begun intend(Payment payment, Gateway gateway, String proof) {
    return transaction.execute(status -> {
      var begun = orders.begin(payment.order());
      if (begun == Begun.PAYING
          && !payments.approving(
              payment.id(), proof, gateway.answersWithin().plus(ANSWER_MARGIN))) {
        status.setRollbackOnly();
        return Begun.NOT_PENDING;
      }
      return begun;
    });
  }

  /** While another payment of the order is being settled, this one stays usable. */
  private void notPending(Payment payment) {
    if (payments.of(payment.order()).stream().noneMatch(Payment::unanswered)) {
      payments.failed(payment.id(), Set.of(State.READY), Reason.ORDER_GONE, "");
    }
  }

  /**
   * @param again whether an earlier call may have captured or still be under way, so that a no to
   *     this one says nothing about the other
   */
  private void approve(Payment payment, Gateway gateway, boolean again) {
    switch (gateway.approve(payment)) {
      case Captured captured when isOurs(payment, gateway, captured) ->
          captured(payment, captured, true);
      case Captured captured -> unknown(payment, "the answer is for another purchase: " + captured);
      case Declined declined when again -> weigh(payment, gateway, declined);
      case Declined declined -> verdicts.declined(payment, declined.why(), false);
      case NoAnswer none -> unknown(payment, none.why());
    }
  }

  /** A second call may be refused just because the first has captured: the gateway must know. */
  private void weigh(Payment payment, Gateway gateway, Declined no) {
    switch (gateway.query(payment)) {
      case Captured captured -> captured(payment, captured, isOurs(payment, gateway, captured));
      case Declined _, StillOpen _ -> verdicts.declined(payment, no.why(), !payment.sessionOver());
      case NoAnswer none -> unknown(payment, none.why());
    }
  }

  private void captured(Payment payment, Captured captured, boolean ours) {
    if (captured.gatewayId() != null) {
      payments.named(payment.id(), captured.gatewayId());
    }
    verdicts.captured(payment, captured, ours);
  }

  /**
   * Asks the gateway what became of a payment and settles it accordingly.
   *
   * @return whether the gateway gave an answer
   */
  boolean ask(Payment payment, Gateway gateway) {
    return switch (gateway.query(payment)) {
      case Captured captured -> {
        captured(payment, captured, isOurs(payment, gateway, captured));
        yield true;
      }
      case Declined declined -> {
        no(payment, declined.why());
        yield true;
      }
      case StillOpen open -> {
        stillOpen(payment, gateway, open);
        yield true;
      }
      case NoAnswer _ -> {
        unsettled.askAgain(payment.id(), payment.state(), limits.backOff(payment.asked()));
        yield false;
      }
    };
  }

  /**
   * Nothing is captured, but it still may be. The gateway has been asked, so approving once more is
   * not blind: it does what the buyer came back for, and a gateway captures a session at most once.
   * A payment that nobody has come back from needs no looking at: only coming back captures.
   */
  private void stillOpen(Payment payment, Gateway gateway, StillOpen open) {
    if (payment.sessionOver()) {
      no(payment, "session over while " + open.status());
    } else if (payment.unanswered()) {
      approve(payment, gateway, true);
    } else if (payment.state() == State.READY) {
      unsettled.askNoMore(payment.id(), payment.state());
    } else {
      unsettled.askAgain(payment.id(), payment.state(), limits.backOff(payment.asked()));
    }
  }

  private void no(Payment payment, String why) {
    if (payment.unanswered()) {
      verdicts.declined(payment, why, !payment.sessionOver());
    } else if (payment.sessionOver() || payment.state() == State.READY) {
      unsettled.askNoMore(payment.id(), payment.state());
    } else {
      unsettled.askAgain(payment.id(), payment.state(), limits.backOff(payment.asked()));
    }
  }

  private void unknown(Payment payment, String why) {
    payments.unknown(payment.id(), why, limits.backOff(payment.asked()));
  }

  private static boolean isOurs(Payment payment, Gateway gateway, Captured captured) {
    Money amount = captured.amount();
    String reference = captured.reference();
    return amount.equals(payment.amount())
        && (reference == null || reference.equals(gateway.reference(payment)));
  }
}
