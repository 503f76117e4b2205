package dev.seonchak.payments.postgres;

/**
 * All statements of this module that lock rows. Whoever changes a payment together with its order
 * has locked the order before; a refund is locked after its payment.
 */
final class RowLocks {
  private RowLocks() {}

  /**
   * What was captured without having been a sale is booked as one first, and then as owed. No
   * gateway owes an answer about what a seller sends back by hand.
   */
  static final String REFUNDING =
      """
      with before as (
        select id, gateway, captured from payments where id = :id and state = any(:from) for update
      ), moved as (
        update payments p
        set state = 'REFUNDING', captured = :captured, reason = :reason, detail = null, asked = 0,
            ask_at = clock_timestamp(),
            unanswered_since = case when p.gateway <> :byHand then clock_timestamp() end,
            updated_at = clock_timestamp()
        from before
        where p.id = before.id
      ), noted as (
        insert into refunds (id, payment_id, amount, reason, created_at)
        select :refund, id, :amount, :reason, clock_timestamp() from before
      ), booked as (
        insert into ledger (payment_id, movement, account, gateway, amount)
        select id, movement, account, gateway, amount
        from before,
          lateral (values ('CAPTURED', 'GATEWAY', :captured - captured),
                  ('CAPTURED', 'SALES', captured - :captured),
                  ('OWED', 'SALES', :amount),
                  ('OWED', 'REFUNDS', - :amount)) as sides (movement, account, amount)
        where amount <> 0
      )
      select count(*) from before
      """;

  /** The payment is changed only by whoever closes the refund, so it is counted once. */
  static final String REFUND_DONE =
      """
      with payment as (
        select id, gateway from payments where id = :id and state = 'REFUNDING' for update
      ), done as (
        update refunds set done_at = clock_timestamp()
        where id = :refund and done_at is null and payment_id in (select id from payment)
          -- What was refused of a sale is the order's again.
          and (refused_at is null or reason not in ('SELLER', 'BUYER'))
        returning amount
      ), closed as (
        update payments p
        set refunded = p.refunded + done.amount,
            state = case when p.refunded + done.amount = p.captured then 'REFUNDED' else 'APPROVED' end,
            ask_at = null, unanswered_since = null, updated_at = clock_timestamp()
        from done
        where p.id = :id
      ), booked as (
        insert into ledger (payment_id, movement, account, gateway, amount)
        select payment.id, 'RETURNED', account, gateway, sign * amount
        from done, payment, (values ('REFUNDS', 1), ('GATEWAY', -1)) as sides (account, sign)
      )
      select count(*) from done
      """;

  /**
   * The money of a sale is sold again, by a booking that undoes the debt; other money stays owed,
   * and its gateway is asked now and then whether it has given it back after all.
   */
  static final String REFUSED =
      """
      with payment as (
        select id, gateway from payments where id = :id and state = 'REFUNDING' for update
      ), refused as (
        update refunds set refused_at = clock_timestamp(), refusal = :why
        where id = :refund and done_at is null and refused_at is null
          and payment_id in (select id from payment)
        returning amount, reason in ('SELLER', 'BUYER') as sale
      ), kept as (
        update payments p
        set state = case when sale then 'APPROVED' else state end,
            detail = :why,
            ask_at = case when not sale then clock_timestamp() + :askMillis * interval '1 ms' end,
            unanswered_since = null, updated_at = clock_timestamp()
        from refused
        where p.id = :id
      ), booked as (
        insert into ledger (payment_id, movement, account, gateway, amount)
        select payment.id, 'REFUSED', account, gateway, sign * amount
        from refused, payment, (values ('REFUNDS', 1), ('SALES', -1)) as sides (account, sign)
        where sale
      )
      select count(*) from refused
      """;

  /** The gateway keeps what it has; what goes back comes from the seller's own hand. */
  static final String SENT_BY_HAND =
      """
      with payment as (
        select id, gateway, state, captured - refunded as kept
        from payments where id = :id for update
      ), refund as (
        select r.id, r.amount, r.reason in ('SELLER', 'BUYER') as sale
        from refunds r, payment
        where r.id = :refund and r.payment_id = payment.id and r.amount <= payment.kept
          and payment.state
            = case when r.reason in ('SELLER', 'BUYER') then 'APPROVED' else 'REFUNDING' end
          and %s
      ), sent as (
        update refunds set done_at = clock_timestamp(), by_hand = true
        where id in (select id from refund)
      ), closed as (
        update payments p
        set refunded = p.refunded + refund.amount,
            state = case when p.refunded + refund.amount = p.captured then 'REFUNDED' else 'APPROVED' end,
            ask_at = null, unanswered_since = null, updated_at = clock_timestamp()
        from refund
        where p.id = :id
      ), booked as (
        insert into ledger (payment_id, movement, account, gateway, amount)
        select payment.id, movement, account, gateway, sign * amount
        from refund, payment,
          (values ('OWED', 'SALES', 1), ('OWED', 'REFUNDS', -1),
                  ('RETURNED', 'REFUNDS', 1), ('RETURNED', 'HAND', -1))
            as sides (movement, account, sign)
        where sale or movement = 'RETURNED'
      )
      select count(*) from refund
      """
          .formatted(PostgresRefusals.NEEDS_A_HAND);

  /** Leases: whoever takes a payment moves its next date forward, and others skip it. */
  static final String TAKE_DUE =
      """
      update payments
      set ask_at = clock_timestamp() + :leaseMillis * interval '1 ms', asked = asked + 1
      where id in (
        select id from payments
        where gateway = :gateway and ask_at <= now()
        order by ask_at
        limit :atMost
        for update skip locked)
      returning
      """;

  /** READY payments whose session is over, some at a time. */
  static final String EXPIRE_SESSIONS =
      """
      update payments
      set state = 'FAILED', reason = 'SESSION_OVER', updated_at = clock_timestamp()
      where state = 'READY' and id in (
        select id from payments
        where state = 'READY' and session_ends < now()
        limit 1000
        for update skip locked)
      """;
}
