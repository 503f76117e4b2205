package dev.seonchak;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** For tests that move an order's deadline, which otherwise only ever gets later. */
public final class MovedDeadline {
  private MovedDeadline() {}

  /** Has the order looked at when its deadline comes, although it comes earlier now. */
  public static void follow(JdbcClient database, UUID order) {
    database
        .sql(
            """
            update deadlines set at = least(at, o.held_until)
              from orders o
             where o.id = :order
               and exists (select
                             from unnest(pools, firsts, lasts) as run (pool, first, last)
                             join claims c on c.pool_id = run.pool
                                          and c.sequence between run.first and run.last
                            where c.holder_id = o.id)
            """)
        .param("order", order)
        .update();
  }
}
