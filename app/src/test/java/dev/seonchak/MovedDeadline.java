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
            insert into deadlines (at, claims, pools, firsts, lasts)
            select o.held_until, count(*), array_agg(c.pool_id), array_agg(c.sequence),
                   array_agg(c.sequence)
              from orders o join claims c on c.holder_id = o.id
             where o.id = :order and c.state = 'H'
             group by o.held_until
            """)
        .param("order", order)
        .update();
  }
}
