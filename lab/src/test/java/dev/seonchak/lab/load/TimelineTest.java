package dev.seonchak.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long MILLI = 1_000_000;

  @Test
  void putsEveryAnswerIntoTheSlotInWhichItCame() {
    Spans spans = new Spans();
    spans.add(0, 4 * MILLI);
    spans.add(0, 8 * MILLI);
    spans.add(15 * MILLI, 25 * MILLI);

    assertThat(Timeline.of(spans, 2))
        .containsExactly(
            new Timeline.Slot(5, 100, 4, 8, 8),
            new Timeline.Slot(15, 0, 0, 0, 0),
            new Timeline.Slot(25, 50, 10, 10, 10));
  }

  @Test
  void isEmptyWhenNobodyWasAnswered() {
    assertThat(Timeline.of(new Spans(), 1)).isEqualTo(List.of());
  }
}
