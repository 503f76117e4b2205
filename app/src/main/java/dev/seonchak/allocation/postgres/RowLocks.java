package dev.seonchak.allocation.postgres;

/**
 * All statements of this module that lock rows, in the order in which they may be run.
 *
 * <p>The platform's one order of row locks: pools, orders (and other holders), claims, payments,
 * tallies and lapses, each by id. Claims, tallies and lapses are written only by who has locked
 * their pool or their holder before, so between themselves they need no order.
 */
public final class RowLocks {
  private RowLocks() {}

  /**
   * A batch locks all its pools by this statement and nothing else. A row that had to be waited for
   * is read anew once it is locked, so its columns are those of the latest commit; everything else
   * is read by later statements, whose snapshots are younger than the wait.
   */
  static final String POOLS =
      """
      select id, group_id, capacity, taken, next_sequence, limit_per_claimant, opens_at, closes_at
        from pools
       where id = any(?)
       order by id
         for update
      """;

  /** Whoever sets up, opens or closes the pools of a group locks them all. */
  public static final String POOLS_OF_GROUP =
      """
      select id from pools where group_id = :group order by id for update
      """;

  /** Whoever gives units back outside a batch locks their pools first of all. */
  public static final String POOLS_OF_UNITS =
      """
      select id from pools where id = any(:ids) order by id for update
      """;

  /** Adds to counters of pools that {@link #POOLS} has locked. */
  static final String POOLS_COUNT =
      """
      update pools
         set taken = pools.taken + d.taken, next_sequence = pools.next_sequence + d.sequences
        from unnest(?::uuid[], ?::bigint[], ?::bigint[]) as d (id, taken, sequences)
       where pools.id = d.id
      """;

  /** Gives claims back, or fails to find them in the state that the decision saw. */
  static final String CLAIMS_RESOLVE =
      """
      update claims
         set state = d.after
        from unnest(?::uuid[], ?::bigint[], ?::text[]::"char"[], ?::text[]::"char"[])
             as d (pool_id, sequence, before, after)
       where claims.pool_id = d.pool_id
         and claims.sequence = d.sequence
         and claims.state = d.before
      """;

  /** Changes those tallies that there are; their pools are locked. */
  public static final String TALLIES_ADD =
      """
      update tallies
         set units = tallies.units + d.units
        from unnest(?::uuid[], ?::uuid[], ?::bigint[]) as d (pool_id, claimant_id, units)
       where tallies.pool_id = d.pool_id
         and tallies.claimant_id = d.claimant_id
      """;

  /** Counts unpaid expiries; claimants of one group may come from batches over different pools. */
  static final String LAPSES_COUNT =
      """
      insert into lapses (group_id, claimant_id, count, last_at)
      select group_id, claimant_id, count, ?
        from unnest(?::uuid[], ?::uuid[], ?::bigint[]) as d (group_id, claimant_id, count)
       order by group_id, claimant_id
          on conflict (group_id, claimant_id)
          do update set count = lapses.count + excluded.count, last_at = excluded.last_at
      """;

  /**
   * Deadlines are locked by nobody but sweepers, which lock nothing else; another process may have
   * its hands on some of them.
   */
  public static final String DEADLINES_FORGET =
      """
      with mine as materialized (
        select d.at, d.id
          from unnest(cast(:ats as timestamptz[]), cast(:ids as bigint[])) as u (at, id)
         cross join lateral (
                 select at, id
                   from deadlines
                  where at = u.at and id = u.id
                    for update skip locked) d)
      delete from deadlines using mine where deadlines.at = mine.at and deadlines.id = mine.id
      """;

  /** Once fewer than half of the claims are held, a row covers these alone, each by itself. */
  public static final String DEADLINES_PUT_OFF =
      """
      with mine as materialized (
        select d.*, u.until
          from unnest(cast(:ats as timestamptz[]), cast(:ids as bigint[]),
                      cast(:untils as timestamptz[])) as u (at, id, until)
         cross join lateral (
                 select *
                   from deadlines
                  where at = u.at and id = u.id
                    for update skip locked) d
      ), narrowed as materialized (
        select mine.at, mine.id, mine.until, h.*,
               h.held between 1 and mine.claims / 2 as fewer
          from mine
         cross join lateral (
                 select count(*) as held, array_agg(c.pool_id) as pools,
                        array_agg(c.sequence) as numbers
                   from unnest(mine.pools, mine.firsts, mine.lasts) as run (pool_id, first, last)
                  cross join lateral (
                          select pool_id, sequence
                            from claims
                           where pool_id = run.pool_id
                             and sequence between run.first and run.last
                             and state = 'H'
                          offset 0) c) h)
      update deadlines
         set at = n.until,
             claims = case when fewer then n.held else deadlines.claims end,
             pools = case when fewer then n.pools else deadlines.pools end,
             firsts = case when fewer then n.numbers else deadlines.firsts end,
             lasts = case when fewer then n.numbers else deadlines.lasts end
        from narrowed n
       where deadlines.at = n.at and deadlines.id = n.id
      """;
}
