package dev.seonchak.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ScaleTest {
  @Test
  void isEvenFromZeroWhereFiguresAreNear() {
    Scale scale = Scale.over(DoubleStream.of(900, 4700));

    assertThat(scale.ticks()).containsExactly(0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0);
    assertThat(scale.at(2500)).isEqualTo(0.5);
    assertThat(scale.at(9000)).isEqualTo(1);
  }

  @Test
  void goesByPowersOfTenWhereFiguresAreFarApart() {
    Scale scale = Scale.over(DoubleStream.of(450, 127_000));

    assertThat(scale.ticks()).containsExactly(1e2, 1e3, 1e4, 1e5, 1e6);
    assertThat(scale.at(10_000)).isEqualTo(0.5);
    assertThat(scale.at(0)).isZero();
  }

  @Test
  void leavesALengthToTheLeastFigure() {
    assertThat(Scale.over(DoubleStream.of(100, 50_000)).at(100)).isPositive();
  }

  @Test
  void hasMarksEvenWithoutFigures() {
    assertThat(Scale.over(DoubleStream.empty()).ticks()).hasSizeGreaterThan(1);
    assertThat(Scale.over(DoubleStream.of(0, 0)).at(0)).isZero();
  }
}
