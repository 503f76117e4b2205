package dev.seonchak.lab.report;

import java.util.Locale;

/** What the figures of a way are worth. */
enum Standing {
  /** Ours, and right. */
  OURS,
  /** All rows right. */
  RIGHT,
  /** It keeps no rows, so little can be checked and little is promised. */
  COUNTER,
  /** It broke something; its rate is that of a way that does not work. */
  WRONG;

  /** In the style sheets. */
  String style() {
    return name().toLowerCase(Locale.ROOT);
  }
}
