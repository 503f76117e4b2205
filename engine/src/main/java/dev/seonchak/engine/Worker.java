package dev.seonchak.engine;

import java.time.Duration;
import java.util.List;

/**
 * One thread and its inbox: it takes all that arrived while it was busy, and handles it at once.
 *
 * <p>There is no timer. An idle worker begins immediately, so a lone request waits for nothing; a
 * busy one finds the larger a crowd the longer the last one took, so it speeds up just when it
 * must.
 */
final class Worker {
  private final Inbox inbox;
  private final int crowdMax;
  private final Work work;
  private final FaultLog faults;
  private final Thread thread;
  private volatile List<Pending> inHand = List.of();

  /** What is done with a crowd: it answers everybody or passes them on. */
  @FunctionalInterface
  interface Work {
    void handle(List<Pending> crowd) throws InterruptedException;
  }

  Worker(String name, int inboxMax, int crowdMax, Work work, FaultLog faults) {
    this.inbox = new Inbox(inboxMax);
    this.crowdMax = crowdMax;
    this.work = work;
    this.faults = faults;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** False when the inbox is full or closed. */
  boolean offer(Pending pending) {
    return inbox.offer(pending);
  }

  /** False, for all of them, when there is not room for all or the inbox is closed. */
  boolean offerAll(List<Pending> all) {
    return inbox.offerAll(all);
  }

  /** Requests that wait to be taken. */
  int waiting() {
    return inbox.size();
  }

  private void run() {
    try {
      for (List<Pending> crowd = take(); !crowd.isEmpty(); crowd = take()) {
        handle(crowd);
        inHand = List.of();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Nobody may wait for a thread that is gone, whatever ended it.
      inbox.close();
      abandon();
    }
  }

  /** A defect costs those in hand their answer, and nobody behind them. */
  private void handle(List<Pending> crowd) throws InterruptedException {
    try {
      work.handle(crowd);
    } catch (RuntimeException | Error e) {
      faults.report(crowd.size() + " requests met a defect", e);
      Pending.abandon(crowd);
    }
  }

  private List<Pending> take() throws InterruptedException {
    inHand = inbox.take(crowdMax);
    return inHand;
  }

  /** Gives up whoever has waited for too long, here or in the hands of what does not return. */
  void tellLate(long nowNanos) {
    Pending.tellLate(inHand, nowNanos);
    Pending.tellLate(inbox.waiting(), nowNanos);
  }

  /** One round on the caller's thread, for a simulator that starts no threads. */
  void runOnce() throws InterruptedException {
    inHand = inbox.poll(crowdMax);
    if (!inHand.isEmpty()) {
      work.handle(inHand);
      inHand = List.of();
    }
  }

  /**
   * Takes no more, handles what is there, and ends; after the limit it is interrupted, and whoever
   * still waits is told that nobody knows.
   */
  void close(Duration limit) {
    inbox.close();
    boolean ended = false;
    try {
      ended = thread.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      thread.interrupt();
    }
    abandon();
  }

  private void abandon() {
    Pending.abandon(inHand);
    Pending.abandon(inbox.poll(Integer.MAX_VALUE));
  }
}
