package dev.seonchak.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.lab.ways.Ways;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every workload as in a run, with few callers and for a moment. */
class WorkloadsIT {
  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final Plan PLAN = new Plan(20, 1, MOMENT, 0, MOMENT);

  @ParameterizedTest
  @EnumSource
  void findsAllRowsRight(Workloads workload) throws Exception {
    Stage stage =
        new Stage(List.of(Ways.SEONCHAK), PLAN, 500, Stage.once(name -> Ground.prepare()));
    Comparison comparison = new Comparison(workload.contestants(stage), PLAN);

    List<Measured> measured = comparison.run(new Progress(comparison.steps()));

    assertThat(measured)
        .allSatisfy(one -> {
          assertThat(one.findings()).isEmpty();
          assertThat(one.acknowledged()).isPositive();
          assertThat(one.perSecond()).hasSize(1);
          assertThat(one.timeline()).isNotEmpty();
          assertThat(one.fairness().requests()).isPositive();
        });
    assertThat(workload.bars(new Figures(measured))).isNotNull();
  }
}
