package dev.seonchak.orders;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a buyer can still do to an order. Nobody else's order can be changed or learned of. */
public interface Changing {
  /**
   * Replaces the answers to the form; possible until the order is being paid. A form that is
   * complete stays so, since a payment may have begun on the strength of it.
   */
  Answered answer(OrderId id, AccountId buyer, Map<String, Object> answers);

  /**
   * Gives the claims of an unpaid order back, or all of a paid one that is not shipped, money
   * included, for as long as the drop lets its buyers. Doing it again changes nothing.
   */
  Cancelled cancel(OrderId id, AccountId buyer) throws InterruptedException;

  /** What came of {@link #answer}. */
  sealed interface Answered {
    /** The answers are kept, and this is how the order stands. */
    record Done(Order order) implements Answered {}

    /** There is no such order, or it is somebody else's. */
    record Unknown() implements Answered {}

    /** In this state answers do not change any more. */
    record Closed(Order.State state) implements Answered {}

    /** These required answers are given already and cannot be taken away. Nothing has changed. */
    record Incomplete(List<String> questions) implements Answered {}

    /** Some do not fit: question id to one sentence why. Nothing has changed. */
    record Malformed(Map<String, String> reasons) implements Answered {}
  }

  /** What came of {@link #cancel}. */
  sealed interface Cancelled {
    /** It is cancelled, now or before. */
    record Done() implements Cancelled {}

    /** There is no such order, or it is somebody else's. */
    record Unknown() implements Cancelled {}

    /** A payment is under way. */
    record PaymentInProgress() implements Cancelled {}

    /** It is paid, and since this moment the drop does not let its buyers cancel any more. */
    record TooLate(Instant since) implements Cancelled {}

    /** An earlier refund's money is still on its way. */
    record RefundInProgress() implements Cancelled {}

    /** In this state there is nothing to cancel. */
    record Not(Order.State state) implements Cancelled {}

    /** Nobody knows in time, or too many wait; asking again is safe. */
    record TryAgain() implements Cancelled {}
  }
}
