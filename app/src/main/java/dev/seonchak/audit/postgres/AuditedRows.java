package dev.seonchak.audit.postgres;

/** What the rules speak of: the rows of one drop, {@code :drop}, and what they add up to. */
final class AuditedRows {
  /** Named queries; what the query after them does not use is not read. */
  static final String SQL =
      """
      with pool as (
        select * from pools where group_id = :drop
      ), claim as (
        select c.* from pool p join claims c on c.pool_id = p.id
      ), count as (
        select p.id, p.capacity, p.taken, p.next_sequence, count(c.pool_id) as claims,
               min(c.sequence) as first, max(c.sequence) as last,
               coalesce(sum(c.quantity) filter (where c.state = 'H'), 0) as held,
               coalesce(sum(c.quantity - coalesce(c.returned, 0)) filter (where c.state = 'C'), 0)
                 as confirmed
        from pool p left join claim c on c.pool_id = p.id
        group by p.id, p.capacity, p.taken, p.next_sequence
      ), units as (
        select pool_id, claimant_id, count(*) as claims,
               coalesce(sum(quantity - coalesce(returned, 0)) filter (where state in ('H', 'C')), 0)
                 as units
        from claim
        group by pool_id, claimant_id
      ), line as (
        select o.id as order_id, l.item_id, l.quantity, l.sequence
        from orders o,
          unnest(o.items, o.quantities, coalesce(o.again_sequences, o.sequences))
            as l (item_id, quantity, sequence)
        where o.drop_id = :drop
      ), back as (
        select r.order_id, u.item_id, sum(u.quantity) as taken,
               coalesce(sum(u.quantity) filter (where r.stock_returned), 0) as returned
        from orders o
          join order_refunds r on r.order_id = o.id
          cross join unnest(r.items, r.quantities) as u (item_id, quantity)
        where o.drop_id = :drop
        group by r.order_id, u.item_id
      ), paid as (
        select p.order_id, sum(p.captured) as captured, sum(p.refunded) as refunded,
               coalesce(sum(r.open), 0) as refunding,
               coalesce(sum(r.given_back), 0) as given_back
        from orders o join payments p on p.order_id = o.id
          left join lateral (
            select sum(amount) filter (where done_at is null and not kept) as open,
                   sum(amount) filter (where reason in ('SELLER', 'BUYER') and not kept)
                     as given_back
            from (select *, refused_at is not null and done_at is null
                              and reason in ('SELLER', 'BUYER') as kept
                  from refunds where payment_id = p.id) as refund) r on true
        where o.drop_id = :drop
        group by p.order_id
      ), money as (
        select o.id, o.state, coalesce(p.captured, 0) as captured,
               coalesce(p.refunding, 0) as refunding, coalesce(p.refunded, 0) as refunded,
               case when o.state in ('PAID', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'REFUNDED')
                    then o.amount - coalesce(p.given_back, 0) else 0 end as kept
        from orders o left join paid p on p.order_id = o.id
        where o.drop_id = :drop
      )
      """;

  private AuditedRows() {}
}
