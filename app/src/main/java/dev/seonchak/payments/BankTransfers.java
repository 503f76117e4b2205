package dev.seonchak.payments;

import dev.seonchak.orders.Depositing;
import dev.seonchak.orders.Happening.What;
import dev.seonchak.orders.Paying;
import dev.seonchak.payments.Deposit.Stage;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.PaymentId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a seller does about bank transfers: sees which are awaited, says that one has arrived, and
 * that money which goes back by hand was sent. Our books follow what the seller says, as they
 * follow what a gateway says.
 */
@Service
public final class BankTransfers {
  private final Deposits deposits;
  private final Refunds refunds;
  private final ArrivedDeposit arrived;
  private final Paying orders;
  private final Depositing depositing;
  private final Sellers sellers;
  private final TransactionTemplate transaction;

  BankTransfers(
      Deposits deposits,
      Refunds refunds,
      ArrivedDeposit arrived,
      Paying orders,
      Depositing depositing,
      Sellers sellers,
      TransactionTemplate transaction) {
    this.deposits = deposits;
    this.refunds = refunds;
    this.arrived = arrived;
    this.orders = orders;
    this.depositing = depositing;
    this.sellers = sellers;
    this.transaction = transaction;
  }

  /**
   * The deposits of a drop of one's own, the newest first.
   *
   * @param stage only these, null for all
   * @param before the cursor: only payments made before this one; null for the first page
   * @return empty when there is no such drop or it is somebody else's
   */
  public Optional<Page<Deposit>> ofDrop(
      DropId drop, AccountId seller, @Nullable Stage stage, @Nullable PaymentId before) {
    return sellers.sells(drop, seller)
        ? Optional.of(deposits.of(drop, stage, before))
        : Optional.empty();
  }

  /** The whole amount of a deposit is in the seller's account. Saying so again changes nothing. */
  public Outcome arrived(PaymentId id, AccountId seller) {
    return own(id, seller)
        .map(
            deposit -> arrived.settle(deposit, seller) ? done(id) : new Outcome.PaymentInProgress())
        .orElseGet(Outcome.Unknown::new);
  }

  /**
   * What was owed of a deposit was sent back. Saying so again changes nothing.
   *
   * @param refund which refund, since the next may be owed before the last is said to be sent again
   */
  public Outcome sentBack(PaymentId id, UUID refund, AccountId seller) {
    return own(id, seller)
        .map(deposit -> transaction.execute(status -> sentBack(deposit, refund, seller)))
        .orElseGet(Outcome.Unknown::new);
  }

  private Outcome sentBack(Deposit deposit, UUID refund, AccountId seller) {
    var payment = deposit.payment();
    orders.lock(payment.order());
    var owed = refunds.openRefund(payment.id());
    if (owed.isPresent() && owed.get().refund().id().equals(refund)) {
      Rows.changed(refunds.refundDone(payment.id(), owed.get().refund()));
      depositing.note(payment.order(), What.SENT_BACK, seller);
      return done(payment.id());
    }
    return deposits.isSentBack(payment.id(), refund)
        ? done(payment.id())
        : new Outcome.NothingOwed();
  }

  private Outcome done(PaymentId id) {
    return new Outcome.Done(deposits.find(id).orElseThrow());
  }

  private Optional<Deposit> own(PaymentId id, AccountId seller) {
    return deposits.find(id).filter(deposit -> sellers.sells(deposit.drop(), seller));
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** It is so, now or before; how the deposit stands says what it came to. */
    record Done(Deposit deposit) implements Outcome {}

    /** There is no such deposit, or it is for somebody else's drop. */
    record Unknown() implements Outcome {}

    /** A gateway is being asked about another payment of the order; say it again in a moment. */
    record PaymentInProgress() implements Outcome {}

    /** Nothing has to be sent back by this refund. */
    record NothingOwed() implements Outcome {}
  }
}
