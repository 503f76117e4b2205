package dev.seonchak.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.lab.load.Acknowledged;
import dev.seonchak.lab.ways.Answer;
import dev.seonchak.lab.ways.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NumbersCheckTest {
  private static final UUID POOL = new UUID(0, 1);

  @Test
  void findsNothingInConsecutiveNumbers() {
    assertThat(NumbersCheck.of(told(3, 1, 2))).isEmpty();
  }

  @Test
  void findsNumbersThatAreMissing() {
    assertThat(NumbersCheck.of(told(1, 2, 5)))
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.NUMBER_MISSING && finding.count() == 2);
    assertThat(NumbersCheck.of(told(2, 3)))
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.NUMBER_MISSING);
  }

  @Test
  void findsNumbersGivenTwice() {
    assertThat(NumbersCheck.of(told(1, 2, 2)))
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.NUMBER_TWICE);
  }

  private static List<Acknowledged> told(long... numbers) {
    List<Acknowledged> all = new ArrayList<>();
    for (long number : numbers) {
      UUID order = new UUID(1, all.size());
      Hold hold = new Hold(order, POOL, order, List.of(new Hold.Line(POOL, 1)), order, 0, 1, "{}");
      all.add(new Acknowledged(hold, new Answer.Held(order, List.of(number)), 0, 1));
    }
    return all;
  }
}
