package dev.seonchak.lab.check;

/**
 * Something that is wrong after a round.
 *
 * @param count how often, at least 1
 * @param example one of them, for whoever looks for the reason
 */
public record Finding(Kind kind, long count, String example) {

  /** What can go wrong. */
  public enum Kind {
    /** More units are held or sold than there are. */
    SOLD_TOO_MANY,
    /** Two claims of a pool have the same number. */
    NUMBER_TWICE,
    /** The numbers of a pool are not 1 to n. */
    NUMBER_MISSING,
    /** The counter of a pool is not the sum of its claims. */
    COUNTER_WRONG,
    /** A caller was told that it is done, and it is not there. */
    LOST,
    /** It is there, and nobody was told. */
    UNTOLD,
    /** A row says something else than what was asked for or answered. */
    ALTERED,
    /** A claim without an order. */
    ORDER_MISSING,
    /** An order without a claim. */
    CLAIM_MISSING,
    /** What is noted of a person's units is not the sum of that person's claims. */
    UNITS_WRONG,
    /** A person has more than the limit. */
    LIMIT_BROKEN,
    /** A number is smaller than one that somebody had been told before it was asked for. */
    OUT_OF_ORDER,
    /** A caller was told no, though the rules say yes. */
    REFUSED_WRONGLY,
    /** A call ended with an exception. */
    CALL_FAILED
  }

  @Override
  public String toString() {
    return kind + " " + count + " times, for example " + example;
  }
}
