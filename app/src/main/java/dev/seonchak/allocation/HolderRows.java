package dev.seonchak.allocation;

import dev.seonchak.engine.Decision;
import dev.seonchak.engine.Holder;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.Holding;
import dev.seonchak.engine.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * What a module that lets something hold claims (orders, coupons, entries) adds to the transaction
 * of a batch.
 *
 * <p>Each method is called at most once per batch, on the writer's own connection, and does its
 * work with set-based statements, never one per holder. It must not commit, roll back or talk to
 * anything else. A class-22 or class-23 failure of a statement makes the batch be tried again in
 * parts until the culprit stands alone and is rejected.
 *
 * <p>Rows are locked in one order everywhere: pools, orders, claims, payments, tallies and lapses,
 * each by id. Locks of holders stand where orders stand.
 *
 * @param <H> the kind of holder
 */
public interface HolderRows<H extends Holder> {

  /** The class of the holders, by which the owner of a take is found. */
  Class<H> kind();

  /**
   * Statements that find what the claimants of these takes got before. Of who never had a claim in
   * the pools of a take it is not asked, so a success under its key for other pools has to be kept
   * out by a unique key, which makes the batch be tried again and this be asked of everybody.
   *
   * @param takes with holders of this kind
   */
  List<RoundTrip.Step> earlier(List<Request.Take> takes, Earlier found);

  /**
   * Writes holders that were granted, with their keys and fingerprints, by what it sends itself and
   * by the statements that it answers.
   *
   * @param granted by one decision, with holders of this kind; not empty
   */
  List<RoundTrip.Step> insert(Connection connection, List<Decision.Taken> granted)
      throws SQLException;

  /**
   * Whether this holder's claims are CONFIRMED from the start, since nothing is left to be paid.
   */
  default boolean isConfirmedAtOnce(H holder) {
    return false;
  }

  /**
   * Whether somebody who let too much expire unpaid may be refused such a holder. Not so when what
   * was held before is only taken again.
   */
  default boolean refusesHoarders() {
    return true;
  }

  /**
   * Locks the holders by id and tells how they stand.
   *
   * @param holders in id order, each once; some may be somebody else's
   * @return those that are this module's
   */
  Map<HolderId, Holding> lock(Connection connection, List<HolderId> holders) throws SQLException;

  /**
   * Writes the new state of holders whose claims were given back, and the events that tell of it.
   */
  void release(Connection connection, Decision decision, List<Decision.Resolved> releases)
      throws SQLException;
}
