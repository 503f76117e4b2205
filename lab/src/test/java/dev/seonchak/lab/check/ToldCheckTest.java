package dev.seonchak.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.lab.load.Acknowledged;
import dev.seonchak.lab.load.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldCheckTest {
  @Test
  void letsThoseWhoAskTogetherHaveTheirNumbersInAnyOrder() {
    assertThat(ToldCheck.of(List.of(Told.number(2, 0, 10), Told.number(1, 5, 20)))).isEmpty();
  }

  @Test
  void findsASmallerNumberAfterALargerOneWasKnown() {
    List<Acknowledged> told =
        List.of(Told.number(1, 0, 4), Told.number(3, 0, 5), Told.number(2, 6, 9));

    assertThat(ToldCheck.of(told))
        .containsExactly(new Finding(Finding.Kind.OUT_OF_ORDER, 1, "number 2 after 3"));
  }
}
