package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole-state check of this module: the simulated company's books and ours agree, every capture
 * has one paid order or one full refund, and stock adds up.
 */
final class Books {
  private Books() {}

  static void check(Shop shop) {
    check(shop.database);
  }

  static void check(JdbcClient database) {
    none(
        database,
        "a capture that our books do not have, or have with another amount",
        """
        select s.tid from simulator.sessions s left join payments p on p.gateway_id = s.tid
        where s.captured <> coalesce(p.captured, 0)
          or s.cancelled <> coalesce(p.refunded, 0)
            - coalesce((select sum(amount) from refunds where payment_id = p.id and by_hand), 0)
        """);
    none(
        database,
        "money in our books that the company never took",
        """
        select p.id from payments p left join simulator.sessions s on s.tid = p.gateway_id
        where p.captured > 0 and s.tid is null and p.gateway <> 'bank-transfer'
        """);
    none(
        database,
        "captured money without exactly one paid order or one full refund",
        """
        select p.id from payments p join orders o on o.id = p.order_id
        where p.captured > 0
          and not (p.state = 'APPROVED' and o.state in ('PAID', 'CONFIRMED') and p.captured = p.amount)
          and not (p.state = 'REFUNDED' and p.refunded = p.captured)
          and not (p.state = 'APPROVED' and o.state = 'REFUNDED'
                   and p.captured = (select sum(amount) from refunds r
                                     where r.payment_id = p.id and r.done_at is null
                                       and r.refused_at is not null))
        """);
    none(
        database,
        "a paid order without exactly one payment",
        """
        select o.id from orders o
        where o.state in ('PAID', 'CONFIRMED')
          and (select count(*) from payments p where p.order_id = o.id and p.state = 'APPROVED') <> 1
        """);
    none(
        database,
        "a movement whose sides do not sum to zero",
        """
        select payment_id from ledger group by payment_id, movement having sum(amount) <> 0
        """);
    none(
        database,
        "a payment whose ledger says something else than its row",
        """
        select p.id
        from payments p left join lateral (
          select coalesce(sum(amount) filter (where account = 'GATEWAY'), 0) as there,
                 coalesce(sum(amount) filter (where account = 'SALES'), 0) as sold,
                 coalesce(sum(amount) filter (where account = 'REFUNDS'), 0) as owed,
                 coalesce(sum(amount) filter (where account = 'HAND'), 0) as hand
          from ledger where payment_id = p.id) l on true
        where l.there + l.hand <> p.captured - p.refunded
          or - l.hand <> coalesce((select sum(amount) from refunds r
                                   where r.payment_id = p.id and r.by_hand), 0)
          or l.owed <> - coalesce((select sum(amount) from refunds r
                                   where r.payment_id = p.id and r.done_at is null
                                     and (r.refused_at is null
                                          or r.reason not in ('SELLER', 'BUYER'))), 0)
          or l.there + l.sold + l.owed + l.hand <> 0
        """);
    none(
        database,
        "a pool whose counter differs from its claims",
        """
        select p.id from pools p
        where p.taken <> (select coalesce(sum(quantity), 0) from claims c
                          where c.pool_id = p.id and c.state in ('H', 'C'))
        """);
  }

  private static void none(JdbcClient database, String what, String sql) {
    assertThat(database.sql(sql).query(String.class).list()).as(what).isEmpty();
  }
}
