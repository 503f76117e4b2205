package dev.seonchak.audit.postgres;

import java.util.Locale;

/**
 * What must hold of every drop at every moment. Each rule is a query over the drop's rows that
 * answers with one sentence for each violation. Counters are compared with the rows they count, and
 * each side of every reference is looked at from the other.
 */
enum Rule {
  /** Each item has its pool, and each pool of the drop its item. */
  POOL(
      """
      select format('item %s has %s', coalesce(i.id, p.id),
                    case when p.id is null then 'no pool' else 'a pool but is no item' end)
      from (select id from items where drop_id = :drop) i
        full join (select id from pools where group_id = :drop) p on p.id = i.id
      where i.id is null or p.id is null
      """),

  /** capacity = free + held + confirmed, and nothing is sold that there is not. */
  CAPACITY(
      """
      select format('item %s: capacity %s, held %s, confirmed %s', id, capacity, held, confirmed)
      from count
      where held + confirmed > capacity
      """),

  /** The pool's counter says what the claims say. */
  TAKEN(
      """
      select format('item %s: taken %s, held %s, confirmed %s', id, taken, held, confirmed)
      from count
      where taken <> held + confirmed
      """),

  /** Numbers are 1..n, each once, and n + 1 is the next; that none repeats is the table's key. */
  SEQUENCE(
      """
      select format('item %s: %s claims from %s to %s, next is %s',
                    id, claims, first, last, next_sequence)
      from count
      where claims <> next_sequence - 1
         or claims > 0 and (first <> 1 or last <> claims)
      """),

  /**
   * The tally of a claimant says what the claims say; who came more than once has one, and nobody
   * who never came.
   */
  TALLY(
      """
      select format('item %s: claimant %s has %s units by %s claims, and a tally of %s',
                    coalesce(u.pool_id, t.pool_id), coalesce(u.claimant_id, t.claimant_id),
                    coalesce(u.units, 0), coalesce(u.claims, 0), coalesce(t.units::text, 'none'))
      from units u
        full join (select * from tallies where pool_id in (select id from pool)) t
          on t.pool_id = u.pool_id and t.claimant_id = u.claimant_id
      where u.units <> t.units or u.units is null or t.units is null and u.claims > 1
      """),

  /** An order stands where its buyer and its drop are looked for: in the key's first ten bytes. */
  KEY(
      """
      select format('order %s of buyer %s has the key %s', id, buyer_id, buyer_key)
      from orders
        cross join (
          select decode(lpad(to_hex((('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint
                                      >> 27) & 65535), 4, '0'), 'hex') as bucket,
                 substr(uuid_send(id), 14) as tail
          from drops where id = :drop offset 0) as d
      where drop_id = :drop
        and substr(uuid_send(buyer_key), 1, 10)
            <> d.bucket || substr(uuid_send(buyer_id), 12) || d.tail
      """),

  /** Nobody has more of an item than one may. */
  LIMIT(
      """
      select format('item %s: claimant %s has %s units of at most %s',
                    u.pool_id, u.claimant_id, u.units, p.limit_per_claimant)
      from units u join pool p on p.id = u.pool_id
      where u.units > p.limit_per_claimant
      """),

  /**
   * Each claim is a line of the order that holds it, and their states fit. Claims that an order let
   * expire before it took the stock again are in no line any more.
   */
  CLAIM(
      """
      select format('item %s: claim %s is %s, its order %s is %s',
                    c.pool_id, c.sequence, c.state, c.holder_id, coalesce(o.state, 'missing'))
      from claim c
        left join orders o on o.id = c.holder_id
        cross join lateral (select array_position(o.items, c.pool_id) as place offset 0) as l
      where (o.drop_id = :drop and o.buyer_id = c.claimant_id
        and case
              when (coalesce(o.again_sequences, o.sequences))[l.place] is distinct from c.sequence
                then c.state = 'E' and o.again_sequences is not null
              when o.quantities[l.place] <> c.quantity then false
              when o.state in ('PENDING', 'AWAITING_DEPOSIT', 'PAYING') then c.state = 'H'
              when o.state in ('PAID', 'CONFIRMED', 'SHIPPED', 'DELIVERED')
                then c.state in ('C', 'T')
              when o.state = 'CANCELLED' then c.state = 'R'
              when o.state = 'EXPIRED' then c.state = 'E'
              when o.state = 'REFUNDED' then c.state in ('T', 'C')
            end) is not true
      """),

  /**
   * What refunds say went back into a pool is what its claims say, a claim is RETURNED once all of
   * it did, and no refund takes back what was not bought. Looked at are the few lines that refunds
   * or claims say something of.
   */
  RETURNED(
      """
      select format('order %s, item %s: claim of %s is %s with %s returned, refunds took back %s and'
                      || ' returned %s', l.order_id, l.item_id, l.quantity, c.state,
                    coalesce(c.returned, 0), coalesce(b.taken, 0), coalesce(b.returned, 0))
      from (select order_id, item_id from back
            union select holder_id, pool_id from claim where returned is not null or state = 'T')
          as told (order_id, item_id)
        join line l on l.order_id = told.order_id and l.item_id = told.item_id
        join claims c on c.pool_id = l.item_id and c.sequence = l.sequence
        left join back b on b.order_id = l.order_id and b.item_id = l.item_id
      where coalesce(c.returned, 0) <> coalesce(b.returned, 0)
        or (c.state = 'T') <> (coalesce(c.returned, 0) = c.quantity)
        or coalesce(b.taken, 0) > l.quantity
      """),

  /** Once tickets are issued, as many let somebody in as units are with their buyer. */
  TICKET(
      """
      select format('order %s, item %s: %s units, %s taken back, %s valid tickets',
                    l.order_id, l.item_id, l.quantity, coalesce(b.taken, 0), t.valid)
      from line l
        join orders o on o.id = l.order_id
        join drops d on d.id = o.drop_id
        left join back b on b.order_id = l.order_id and b.item_id = l.item_id
        cross join lateral (
          select count(*) as valid from tickets
          where order_id = l.order_id and item_id = l.item_id and void_at is null) t
      where d.kind = 'TICKET' and o.state in ('CONFIRMED', 'REFUNDED')
        and t.valid <> l.quantity - coalesce(b.taken, 0)
      """),

  /** What is held past its deadline will be looked at; whoever is not is held for ever. */
  OVERDUE(
      """
      select format('order %s is %s, held until %s, and nothing will end that', id, state, held_until)
      from orders o
      where drop_id = :drop and state in ('PENDING', 'AWAITING_DEPOSIT')
        and held_until < now() - interval '1 minute'
        and not exists (
          select from deadlines d, unnest(d.pools, d.firsts, d.lasts) as run (pool_id, first, last)
          where run.pool_id = o.items[1]
            and (coalesce(o.again_sequences, o.sequences))[1] between run.first and run.last)
      """),

  /** Each line of an order is a claim that the order holds. */
  LINE(
      """
      select format('order %s: item %s has no claim %s of it', l.order_id, l.item_id, l.sequence)
      from line l
        left join claim c
          on c.pool_id = l.item_id and c.sequence = l.sequence and c.holder_id = l.order_id
      where c.pool_id is null
      """),

  /** An order costs the sum of price × quantity; nearly all have one line. */
  AMOUNT(
      """
      select format('order %s: amount %s, lines %s', o.id, o.amount, s.amount)
      from orders o
        left join items i on i.id = o.items[1]
        cross join lateral (
          select coalesce(case when cardinality(o.items) = 1 then i.price::numeric * o.quantities[1]
                          else (select sum(price::numeric * quantity)
                                from unnest(o.items, o.quantities) as l (item_id, quantity)
                                  join items on items.id = l.item_id) end, 0) as amount
          offset 0) as s
      where o.drop_id = :drop and o.amount <> s.amount
      """),

  /** An order is PAYING as long as one of its payments waits for an answer, and no longer. */
  PAYING(
      """
      select format('order %s is %s with %s payments that wait for an answer', o.id, o.state, p.open)
      from orders o
        cross join lateral (
          select count(*) as open from payments
          where order_id = o.id and state in ('APPROVING', 'UNKNOWN')) p
      where o.drop_id = :drop and p.open <> case when o.state = 'PAYING' then 1 else 0 end
      """),

  /** captured = kept by orders PAID and beyond + being refunded + refunded, order by order. */
  MONEY(
      """
      select format('order %s is %s: captured %s, to keep %s, refunding %s, refunded %s',
                    id, state, captured, kept, refunding, refunded)
      from money
      where captured <> kept + refunding + refunded
      """),

  /**
   * What an order says was given back is what its refunds add up to, and their money is on its way
   * or has gone, under the same ids. What a gateway refused counts on neither side.
   */
  GIVEN_BACK(
      """
      select format('order %s: refunded %s, its refunds %s, their money %s',
                    o.id, coalesce(o.refunded, 0), r.amount, r.money)
      from orders o
        cross join lateral (
          select coalesce(sum(g.amount) filter (where g.refused_at is null), 0) as amount,
                 coalesce(sum((select sum(m.amount) from refunds m
                               where m.id = g.id and m.reason in ('SELLER', 'BUYER')
                                 and (m.refused_at is null or m.done_at is not null))), 0) as money
          from order_refunds g where g.order_id = o.id) r
      where o.drop_id = :drop
        and (coalesce(o.refunded, 0) <> r.amount or r.amount <> r.money)
      """),

  /** What a payment says was refunded is what its finished refunds add up to. */
  REFUND(
      """
      select format('payment %s: refunded %s, its refunds %s', p.id, p.refunded, r.done)
      from payments p
        join orders o on o.id = p.order_id
        left join lateral (
          select coalesce(sum(amount), 0) as done
          from refunds where payment_id = p.id and done_at is not null) r on true
      where o.drop_id = :drop and p.refunded <> r.done
      """),

  /**
   * The ledger of a payment sums to zero, and what came from the gateway, what went back, by it or
   * by hand, and what is owed is what the payment and its refunds say.
   */
  LEDGER(
      """
      select format('payment %s: captured %s, refunded %s, owed %s; '
                      || 'ledger: sum %s, captured %s, returned %s, owed %s',
                    p.id, p.captured, p.refunded, r.owed, l.sum, l.captured, l.returned, l.owed)
      from payments p
        join orders o on o.id = p.order_id
        left join lateral (
          select coalesce(sum(amount), 0) as sum,
                 coalesce(sum(amount) filter (where movement = 'CAPTURED'
                   and account = 'GATEWAY'), 0) as captured,
                 coalesce(- sum(amount) filter (where movement = 'RETURNED'
                   and account in ('GATEWAY', 'HAND')), 0) as returned,
                 coalesce(- sum(amount) filter (where account = 'REFUNDS'), 0) as owed
          from ledger where payment_id = p.id) l on true
        cross join lateral (
          select coalesce(sum(amount), 0) as owed
          from refunds
          where payment_id = p.id and done_at is null
            and (refused_at is null or reason not in ('SELLER', 'BUYER'))) r
      where o.drop_id = :drop
        and (l.sum <> 0 or l.captured <> p.captured or l.returned <> p.refunded
          or l.owed <> r.owed)
      """);

  private final String violations;

  Rule(String violations) {
    this.violations = violations;
  }

  /** The query for its violations, at most {@code :most}. */
  String sql() {
    return AuditedRows.SQL + violations + " limit :most";
  }

  /** Its stable name. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
