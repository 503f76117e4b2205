package dev.seonchak.allocation;

import dev.seonchak.engine.Grant;
import dev.seonchak.engine.HolderId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happens to claims apart from being taken and given back. Thread-safe. */
@Component
public final class Claims {
  private final JdbcClient jdbc;

  Claims(JdbcClient jdbc) {
    this.jdbc = jdbc;
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
            .param(
                "pools",
                new UuidArray(claims.stream().map(c -> c.pool().value()).toArray(UUID[]::new)))
            .param("sequences", claims.stream().map(Grant::sequence).toArray(Long[]::new))
            .param("holder", holder.value())
            .update();
    if (confirmed != claims.size()) {
      throw new IllegalStateException(
          "%d of %d claims of %s were held".formatted(confirmed, claims.size(), holder.value()));
    }
  }
}
