package dev.seonchak.orders.postgres;

/**
 * All statements of this module that lock rows. The platform's one order of row locks is pools,
 * orders, claims, payments, tallies and lapses, each by id: whoever runs one of these has locked no
 * claim, payment, tally or lapse yet, and whoever also needs pools has locked them before.
 */
final class RowLocks {
  private RowLocks() {}

  /** A batch locks the orders of its releases, once it has their pools. */
  static final String OF_BATCH =
      """
      select id, buyer_id, state, held_until, items, quantities,
             coalesce(again_sequences, sequences)
        from orders
       where id = any(?)
       order by id
         for update
      """;

  /** One order, for paying it, answering its form or issuing what was bought. */
  static final String ONE = "select state from orders where id = :id for update";

  /** Gives orders back that {@link #OF_BATCH} has locked. */
  static final String RELEASE =
      """
      update orders
         set state = d.state
        from unnest(?::uuid[], ?::text[]) as d (id, state)
       where orders.id = d.id
      """;

  /**
   * Takes an order again whose pools the batch has locked; none when it is not EXPIRED any more.
   */
  static final String AGAIN =
      """
      update orders
         set state = 'PENDING', again_sequences = ?, again_key = ?, again_at = ?, held_until = ?,
             graced_at = coalesce(graced_at, clock_timestamp())
       where id = ? and state = 'EXPIRED'
      """;

  /** The condition is checked again on the locked row, with the clock of that moment. */
  static final String BEGIN_PAYING =
      """
      update orders set state = 'PAYING'
       where id = :id and state = 'PENDING' and held_until > clock_timestamp()
      """;

  /** As {@link #BEGIN_PAYING}, for a deposit that is here. */
  static final String BEGIN_DEPOSITED =
      """
      update orders set state = 'PAYING'
       where id = :id and state in ('PENDING', 'AWAITING_DEPOSIT')
         and held_until > clock_timestamp()
      """;

  /** Lets an order wait for its deposit, on the same conditions as paying it. */
  static final String AWAIT_DEPOSIT =
      """
      update orders
         set state = 'AWAITING_DEPOSIT',
             held_until = greatest(held_until, clock_timestamp() + make_interval(secs => :seconds))
       where id = :id and state = 'PENDING' and held_until > clock_timestamp()
      returning held_until
      """;

  /**
   * Keeps an order that nobody has expired yet although its deadline may have passed; for money
   * always, for somebody who is only back to pay once.
   */
  static final String KEEP =
      """
      update orders
         set held_until = greatest(held_until, clock_timestamp() + make_interval(secs => :seconds)),
             graced_at = coalesce(graced_at, clock_timestamp())
       where id = :id and state in ('PENDING', 'AWAITING_DEPOSIT')
         and (:captured or graced_at is null)
      """;

  /**
   * Forgets the idempotency keys of the next orders, whose places in the index they give to the
   * orders' own ids; says how many orders that were, nothing for none. Two that run at once read
   * the same orders, and neither goes back behind the other.
   */
  static final String FORGET_KEYS =
      """
      with step as materialized (
        select id
          from orders
         where id > (select through from keys_forgotten) and id <= :through
         order by id
         limit :max
           for update
      ), forgotten as (
        update orders set buyer_key = (left(buyer_key::text, 24) || right(orders.id::text, 12))::uuid
          from step
         where orders.id = step.id
      )
      update keys_forgotten
         set through = greatest(through, (select id from step order by id desc limit 1))
       where exists (select from step)
      returning (select count(*) from step)
      """;
}
