package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Each mark stands for ten times the one before.
 *
 * @param first the power of ten at the beginning
 * @param last the power of ten at the end, greater than the first
 */
record PowersScale(int first, int last) implements Scale {
  private static final int TICKS_MAX = 8;

  static PowersScale between(double least, double most) {
    int first = (int) Math.floor(Math.log10(least));
    int last = (int) Math.ceil(Math.log10(most));
    // A bar must have a length, also the one of the least figure.
    if (Math.log10(least) - first < 0.15) {
      first--;
    }
    return new PowersScale(first, Math.max(last, first + 1));
  }

  @Override
  public double at(double figure) {
    if (figure <= 0) {
      return 0;
    }
    return Math.clamp((Math.log10(figure) - first) / (last - first), 0, 1);
  }

  @Override
  public List<Double> ticks() {
    int step = 1 + (last - first) / TICKS_MAX;
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += step) {
      ticks.add(Math.pow(10, power));
    }
    return ticks;
  }
}
