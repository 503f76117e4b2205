package dev.seonchak.architecture;

/** Today's greatest sizes: they may fall, and never rise. */
final class Sizes {
  static final int TYPE_LINES_MAX = 280;
  static final int METHOD_LINES_MAX = 55;
  static final int CONSTRUCTOR_PARAMETERS_MAX = 7;

  /** Half of all top-level types are at most this long. */
  static final int TYPE_LINES_MEDIAN_MAX = 50;

  private Sizes() {}
}
