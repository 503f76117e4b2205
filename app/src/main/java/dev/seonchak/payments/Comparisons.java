package dev.seonchak.payments;

import dev.seonchak.payments.Difference.Kind;
import dev.seonchak.payments.Difference.Sums;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The daily comparisons with gateways, and the differences that they found. A comparison goes
 * through all payments that have changed lately; one process at a time does a gateway's, and
 * another goes on where it ended. Times are the database's.
 */
public interface Comparisons {
  /**
   * Takes today's comparison of a gateway, begun now if there is none yet.
   *
   * @param back how far back changes are looked at
   * @param lease for how long no other process takes it
   * @return false when it is done, or somebody else's
   */
  boolean take(String gateway, Duration back, Duration lease);

  /** The next payments of the comparison that was taken; without any, it is done. */
  List<Booked> next(String gateway, int atMost);

  /** Notes how far the comparison that was taken has come, and keeps it for another lease. */
  void through(String gateway, Booked last, int compared, Duration lease);

  /** Payments whose difference is open, those first that were not looked at for the longest. */
  List<Booked> open(String gateway, int atMost);

  /** A payment of which no gateway's answer is expected, as it is booked now. */
  Optional<Booked> settled(PaymentId id);

  /** Notes a difference; true when none was open for the payment. */
  boolean differs(Booked booked, Kind kind, Sums there);

  /** Closes a payment's difference, if one is open. */
  void agrees(PaymentId id);

  /** How many differences are open at a gateway, and since when. */
  List<Count> counts();

  /** Open differences numbered below {@code before}, the newest first. */
  List<Difference> list(long before, int atMost);

  /**
   * A payment with what our ledger says of it.
   *
   * @param refused whether the gateway refuses a refund of it that needs a hand
   */
  record Booked(Payment payment, Sums here, boolean refused) {}

  /** Open differences of one gateway. */
  record Count(String gateway, long open, Duration oldest) {}
}
