package dev.seonchak.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How some pools stood at one moment.
 *
 * @param epoch as of {@link Journal.Committed}: what was read in another one may have been lost
 *     since
 * @param alone whether, before the pools were read, no other process could write; what one writes
 *     that joins later comes after {@link Journal#NEWCOMER_WAIT}
 * @param now the database's clock at that moment
 * @param pools the rows of those that exist
 * @param claimants for each pool they were asked for, a page
 */
public record Probe(
    long epoch, boolean alone, Instant now, Map<PoolId, Pool> pools, Map<PoolId, Page> claimants) {

  /**
   * Who claimed, from the number after the one asked for up to {@code through} without a gap.
   *
   * @param claimants of claims in any state; their order does not matter, repeats may be left out
   * @param through the highest sequence number that this page covers
   */
  public record Page(List<ClaimantId> claimants, long through) {}
}
