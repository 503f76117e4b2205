package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * From 0 on, each mark as far from the last as from the next.
 *
 * @param step from mark to mark
 */
record EvenScale(double step, int steps) implements Scale {
  private static final int STEPS_MIN = 3;

  /** With marks at round figures: 1, 2 or 5 and zeros. */
  static EvenScale upTo(double most) {
    double step = Math.pow(10, Math.floor(Math.log10(most / STEPS_MIN)));
    for (double factor : List.of(5.0, 2.0)) {
      if (most / (step * factor) >= STEPS_MIN) {
        step *= factor;
        break;
      }
    }
    return new EvenScale(step, (int) Math.ceil(most / step - 1e-9));
  }

  @Override
  public double at(double figure) {
    return Math.clamp(figure / (step * steps), 0, 1);
  }

  @Override
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i <= steps; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
