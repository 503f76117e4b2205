package dev.seonchak.allocation;

import dev.seonchak.allocation.postgres.RowLocks;
import dev.seonchak.engine.ClaimantId;
import dev.seonchak.engine.Engine;
import dev.seonchak.engine.Grant;
import dev.seonchak.engine.HolderId;
import dev.seonchak.engine.PoolId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What happens to claims in the transaction of whoever decides it: being confirmed, and coming back
 * by a refund. Taking them and giving held ones back is {@link Allocator}'s. Thread-safe.
 */
@Component
public final class Claims {
  private final JdbcClient jdbc;
  private final ChangedPools changed;

  Claims(JdbcClient jdbc, ObjectProvider<Engine> engine) {
    this.jdbc = jdbc;
    this.changed = new ChangedPools(engine);
  }

  /**
   * HELD → CONFIRMED for all claims of a holder, in the current transaction, which must have locked
   * the holder's row before. Counters stay: held and confirmed units are both taken.
   *
   * @throws IllegalStateException when one of them is not HELD
   */
  public void confirm(HolderId holder, List<Grant> claims) {
    int confirmed =
        jdbc.sql(
                """
                update claims
                   set state = 'C'
                  from unnest(:pools, :sequences) as d (pool_id, sequence)
                 where claims.pool_id = d.pool_id
                   and claims.sequence = d.sequence
                   and claims.holder_id = :holder
                   and claims.state = 'H'
                """)
            .param("pools", UuidArray.of(claims, claim -> claim.pool().value()))
            .param("sequences", claims.stream().map(Grant::sequence).toArray(Long[]::new))
            .param("holder", holder.value())
            .update();
    if (confirmed != claims.size()) {
      throw new IllegalStateException(
          "%d of %d claims of %s were held".formatted(confirmed, claims.size(), holder.value()));
    }
  }

  /** Locks pools before {@link #giveBack}; must be the first lock of the current transaction. */
  public void lock(Collection<PoolId> pools) {
    jdbc.sql(RowLocks.POOLS_OF_UNITS)
        .param("ids", UuidArray.of(pools, PoolId::value))
        .query(UUID.class)
        .list();
  }

  /**
   * Puts units of CONFIRMED claims back into their pools; a claim is RETURNED once all of its units
   * are back. The current transaction must have locked the pools and then the holder's row. It does
   * not go through a batch, since it belongs to one transaction with the money's way back, which a
   * batch knows nothing of; batches read a pool's counters under its lock, so they see it.
   *
   * @param units for each claim how many of its units come back
   * @throws IllegalStateException when a claim has not that many left
   */
  public void giveBack(HolderId holder, ClaimantId claimant, List<Grant> units) {
    var pools = UuidArray.of(units, unit -> unit.pool().value());
    Integer[] quantities = units.stream().map(Grant::quantity).toArray(Integer[]::new);
    expect(
        units.size(),
        jdbc.sql(
                """
                update claims
                   set returned = coalesce(returned, 0) + d.units,
                       state = case when coalesce(returned, 0) + d.units = quantity
                                    then 'T'::"char" else state end
                  from unnest(:pools, :sequences, :units) as d (pool_id, sequence, units)
                 where claims.pool_id = d.pool_id
                   and claims.sequence = d.sequence
                   and claims.holder_id = :holder
                   and claims.state = 'C'
                   and coalesce(returned, 0) + d.units <= quantity
                """)
            .param("pools", pools)
            .param("sequences", units.stream().map(Grant::sequence).toArray(Long[]::new))
            .param("units", quantities)
            .param("holder", holder.value())
            .update());
    expect(
        units.size(),
        jdbc.sql(
                """
                update pools set taken = taken - d.units
                  from unnest(:pools, :units) as d (id, units)
                 where pools.id = d.id
                """)
            .param("pools", pools)
            .param("units", quantities)
            .update());
    // Who came to a pool once has no tally of it.
    jdbc.sql(
            """
            update tallies set units = tallies.units - d.units
              from unnest(:pools, :units) as d (pool_id, units)
             where tallies.pool_id = d.pool_id and tallies.claimant_id = :claimant
            """)
        .param("pools", pools)
        .param("units", quantities)
        .param("claimant", claimant.value())
        .update();
    changed.tell(units.stream().map(Grant::pool).toList());
  }

  private static void expect(int rows, int written) {
    if (rows != written) {
      throw new IllegalStateException(
          "%d of %d claims can give that many units back".formatted(written, rows));
    }
  }
}
