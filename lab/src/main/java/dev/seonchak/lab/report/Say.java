package dev.seonchak.lab.report;

import java.util.List;
import java.util.Locale;

/** How figures are written, the same everywhere in the page. */
final class Say {
  private Say() {}

  static String count(double figure) {
    return String.format(Locale.ROOT, "%,.0f", figure);
  }

  static String count(long figure) {
    return String.format(Locale.ROOT, "%,d", figure);
  }

  /** Rates below a hundred would lose too much without a digit after the point. */
  static String rate(double perSecond) {
    return perSecond > 0 && perSecond < 100
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : count(perSecond);
  }

  static String leastToMost(List<Double> perSecond) {
    if (perSecond.isEmpty()) {
      return "–";
    }
    double least = perSecond.stream().mapToDouble(d -> d).min().orElse(0);
    double most = perSecond.stream().mapToDouble(d -> d).max().orElse(0);
    return rate(least) + "–" + rate(most);
  }

  static String millis(double millis) {
    return millis >= 1000
        ? count(millis)
        : String.format(Locale.ROOT, millis < 1 ? "%.2f" : "%.1f", millis);
  }

  static String micros(double micros) {
    return String.format(Locale.ROOT, micros < 10 ? "%.1f" : "%,.0f", micros);
  }

  static String times(double ratio) {
    if (!Double.isFinite(ratio) || ratio <= 0) {
      return "–";
    }
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%,.1f", ratio) + " ×";
  }

  /** As few digits as it takes: 50, 0.8, 62.13. */
  static String plain(double figure) {
    return figure == Math.rint(figure)
        ? count(figure)
        : String.format(Locale.ROOT, "%,.2f", figure).replaceFirst("0$", "");
  }

  static String share(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", fraction * 100);
  }

  /** A mark on an axis: 0.1, 10, 1k, 10k, 1M. */
  static String tick(double figure) {
    if (figure >= 1e6) {
      return count(figure / 1e6) + "M";
    }
    if (figure >= 1000) {
      return count(figure / 1000) + "k";
    }
    return figure == Math.rint(figure)
        ? count(figure)
        : Double.toString(Math.round(figure * 1e4) / 1e4);
  }

  /** A mark on an axis of time: 1 ms, 100 ms, 1 s. */
  static String span(double millis) {
    if (millis == 0) {
      return "0";
    }
    return millis >= 1000 ? tick(millis / 1000) + " s" : tick(millis) + " ms";
  }
}
