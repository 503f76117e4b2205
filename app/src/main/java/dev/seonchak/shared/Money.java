package dev.seonchak.shared;

/** An amount in the currency's smallest unit (won), never negative, never fractional. */
public record Money(long amount) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);

  public Money {
    if (amount < 0) {
      throw new IllegalArgumentException("negative amount");
    }
  }

  /**
   * @throws ArithmeticException when the sum does not fit
   */
  public Money plus(Money other) {
    return new Money(Math.addExact(amount, other.amount));
  }

  /**
   * @throws ArithmeticException when the product does not fit
   */
  public Money times(int quantity) {
    return new Money(Math.multiplyExact(amount, (long) quantity));
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(amount, other.amount);
  }
}
