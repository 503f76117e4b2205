package dev.seonchak.payments.http;

import dev.seonchak.payments.Deposit;
import dev.seonchak.payments.Deposits.Owed;
import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Refusals.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment in JSON.
 *
 * @param amount what the order costs, in won like the others
 * @param captured what was taken from the buyer
 * @param refunded what has gone back
 * @param deposit what a payment by bank transfer waits for, null for others
 * @param refused the refund that its gateway refuses and that needs a hand, null for none
 */
record PaymentAnswer(
    UUID id,
    UUID orderId,
    String gateway,
    Payment.State state,
    long amount,
    long captured,
    long refunded,
    @Nullable DepositAnswer deposit,
    @Nullable RefusedAnswer refused) {

  /**
   * A deposit in JSON.
   *
   * @param depositName the sender's name, to be written exactly so: no other deposit into the
   *     account has it
   * @param owed what the seller has to send back now
   * @param refundId the refund that it is owed by, null when nothing is
   */
  record DepositAnswer(
      Deposit.Stage stage,
      String bank,
      String account,
      String holder,
      String depositName,
      Instant deadline,
      long owed,
      @Nullable UUID refundId) {}

  /**
   * A refund that its gateway refuses, in JSON.
   *
   * @param why what the gateway said
   */
  record RefusedAnswer(UUID refundId, long amount, String why, Instant at) {}

  static PaymentAnswer of(Payment payment, @Nullable Refusal refusal) {
    return of(
        payment,
        null,
        refusal == null
            ? null
            : new RefusedAnswer(
                refusal.refund(), refusal.amount().amount(), refusal.why(), refusal.at()));
  }

  static PaymentAnswer of(Deposit deposit, @Nullable Owed owed) {
    var to = deposit.to();
    return of(
        deposit.payment(),
        new DepositAnswer(
            deposit.stage(),
            to.bank(),
            to.account(),
            to.holder(),
            deposit.name(),
            deposit.deadline(),
            owed == null ? 0 : owed.amount().amount(),
            owed == null ? null : owed.refund()),
        null);
  }

  private static PaymentAnswer of(
      Payment payment, @Nullable DepositAnswer deposit, @Nullable RefusedAnswer refused) {
    return new PaymentAnswer(
        payment.id().value(),
        payment.order().value(),
        payment.gateway(),
        payment.state(),
        payment.amount().amount(),
        payment.captured().amount(),
        payment.refunded().amount(),
        deposit,
        refused);
  }
}
