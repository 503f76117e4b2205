package dev.seonchak.lab.ways;

/** Where a test holds a thread to show what goes wrong there; a measured run holds nobody. */
interface Seam {
  Seam NONE = new Seam() {};

  /** The row was read, and nothing was written. */
  default void afterRead() {}

  /** Everything was written, and nothing is committed. */
  default void beforeCommit() {}
}
