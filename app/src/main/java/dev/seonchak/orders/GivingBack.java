package dev.seonchak.orders;

import dev.seonchak.orders.Refund.Units;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives paid orders back, in full or in part. Order, claims, tickets and the money's refund change
 * in one transaction; the money itself moves afterwards.
 */
public interface GivingBack {
  /** Characters of a note at most. */
  int NOTE_CHARACTERS_MAX = 200;

  /**
   * Refunds of one order; after so many only everything that is left can be given back. Each is
   * read again by all that follow, and is a call to a gateway.
   */
  int PARTS_MAX = 100;

  /**
   * Refunds an order of one's own drop.
   *
   * @param key the seller's name for this attempt, visible ASCII; sending it again acts once
   */
  Outcome refund(OrderId order, AccountId seller, String key, Ask ask);

  /**
   * What the seller wants. Nothing but {@code returnStock} means everything that is left.
   *
   * @param amount how much money; null means the price of the units, or all that is left
   * @param units what is taken back from the buyer, empty for money alone or for everything
   * @param returnStock whether what is taken back goes into its pools again
   * @param note a word to the buyer
   */
  record Ask(
      @Nullable Money amount, List<Units> units, boolean returnStock, @Nullable String note) {
    public Ask {
      units = List.copyOf(units);
    }

    /** Whether all that is left is wanted. */
    public boolean isEverything() {
      return amount == null && units.isEmpty();
    }
  }

  /** What came of it, in order of precedence. */
  sealed interface Outcome {
    /** There is no such order, or it is of somebody else's drop. */
    record Unknown() implements Outcome {}

    /** This key made another refund of this order before. */
    record KeyReused() implements Outcome {}

    /** A payment is under way. */
    record PaymentInProgress() implements Outcome {}

    /** In this state there is nothing to give back. */
    record Not(Order.State state) implements Outcome {}

    /** An earlier refund's money is still on its way. */
    record RefundInProgress() implements Outcome {}

    /** It was given back in so many parts that only all of the rest can be. */
    record TooManyParts() implements Outcome {}

    /** What is asked makes no sense: the path of the field, and a sentence. */
    record Invalid(String field, String reason) implements Outcome {}

    /** The order keeps only so much. */
    record TooMuch(Money left) implements Outcome {}

    /** It is decided and on record; repeating the key gets the same. */
    record Done(Refund refund) implements Outcome {}
  }
}
