package dev.seonchak.runtime;

/**
 * Makes a transaction that only reads wait, at its commit, until everything before it in
 * PostgreSQL's log is on the disk, and on the standby servers that commits are set to wait for.
 *
 * <p>Batches are visible before that. Whoever tells others of what was read, without writing
 * anything of its own, runs this statement first and tells after the commit. To set a sequence is
 * always written to the log, and taken for a change that a commit waits for.
 */
public final class LogFlush {
  public static final String SQL = "select setval('flushes', 1)";

  private LogFlush() {}
}
