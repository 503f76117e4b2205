package dev.seonchak.lab.report;

import java.util.List;
import java.util.stream.DoubleStream;

/** Where a figure stands between the ends of an axis. */
interface Scale {
  /** Figures further apart than this many times cannot be told from each other on an even axis. */
  double EVEN_MAX = 12;

  /** From 0 at the beginning to 1 at the end; beyond the ends it is at the end. */
  double at(double figure);

  /** The figures of which the axis has marks, the least first. */
  List<Double> ticks();

  /**
   * An even axis from 0 where that shows everything, and one of powers of ten where it does not.
   */
  static Scale over(DoubleStream figures) {
    double[] above = figures.filter(figure -> figure > 0 && Double.isFinite(figure)).toArray();
    double least = DoubleStream.of(above).min().orElse(1);
    double most = DoubleStream.of(above).max().orElse(1);
    return most / least <= EVEN_MAX ? EvenScale.upTo(most) : PowersScale.between(least, most);
  }
}
