package dev.seonchak.lab.ways;

/** What a way is besides fast or slow; what is not said of it, it is not. */
public enum Trait {
  /** It has the best rate with a number of connections that must be searched. */
  CHOOSES_CONNECTIONS,
  /** It keeps a number and no rows, so all that can be checked is the numbers. */
  COUNTS_ONLY,
  /** It breaks a promise under load; in tables without guards the check must find what. */
  WRONG,
  /** Two of it on the same servers are as right as one. */
  SEVERAL_PROCESSES,
  /** It takes several lines at once, all or nothing, and in whatever order they come. */
  CARTS,
  /** It knows places in a line and nothing that runs out. */
  LINES_ONLY,
  /** It needs Kafka. */
  KAFKA
}
