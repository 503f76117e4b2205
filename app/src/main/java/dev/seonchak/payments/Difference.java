package dev.seonchak.payments;

import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.time.Instant;

/**
 * A payment of which a gateway's books say something else than our ledger.
 *
 * @param number of the difference, from 1, in the order in which they were found
 * @param kind what differs
 * @param here what our ledger says
 * @param there what the gateway says, zero when it has captured nothing or says nothing
 * @param age since when it is known, by the database's clock
 */
public record Difference(
    long number,
    PaymentId payment,
    OrderId order,
    String gateway,
    Kind kind,
    Sums here,
    Sums there,
    Instant foundAt,
    Duration age) {

  /** What may differ, in order of precedence; the names are those of the database and of JSON. */
  public enum Kind {
    /** The gateway does not say what it has. */
    UNHEARD,
    /** The gateway has money that our ledger does not know of. */
    NOT_CAPTURED_HERE,
    /** Our ledger has money that the gateway denies. */
    NOT_CAPTURED_THERE,
    /** Both know of it, and the amounts differ. */
    OTHER_AMOUNT,
    /** Our ledger says that it went back, and the gateway has it still. */
    NOT_REFUNDED_THERE,
    /** The gateway has given back more than our ledger knows of. */
    NOT_REFUNDED_HERE,
    /** Both agree, but the gateway refuses to give back what somebody has to send by hand now. */
    REFUND_REFUSED
  }

  /** Money of one payment on one side, in won. */
  public record Sums(long captured, long refunded) {
    static final Sums NOTHING = new Sums(0, 0);
  }
}
