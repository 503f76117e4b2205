package dev.seonchak.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FairnessTest {
  private static final Spans NOBODY = new Spans();

  @Test
  void isPerfectWhenNumbersAreGivenInTheOrderOfAsking() {
    Fairness fairness =
        of(NOBODY, Told.number(1, 0, 9), Told.number(2, 1, 5), Told.number(3, 2, 4));

    assertThat(fairness).isEqualTo(new Fairness(3, 0, 0, 0));
    assertThat(fairness.mean()).isZero();
  }

  @Test
  void countsEveryLaterRequestThatWasServedBefore() {
    Fairness fairness =
        of(NOBODY, Told.number(3, 0, 9), Told.number(1, 1, 9), Told.number(2, 2, 9));

    assertThat(fairness).isEqualTo(new Fairness(3, 1, 2, 2));
  }

  @Test
  void countsWhoIsRefusedAsOvertakenByAllThatAskLaterAndGet() {
    Spans refused = new Spans();
    refused.add(1, 2);
    refused.add(5, 6);

    assertThat(of(refused, Told.number(1, 0, 9), Told.number(2, 3, 9)))
        .isEqualTo(new Fairness(4, 1, 1, 1));
  }

  private static Fairness of(Spans refused, Acknowledged... told) {
    List<Acknowledged> all = List.of(told);
    return Fairness.of(new Round(0, 1, all, Spans.of(all), refused, 0, null));
  }
}
