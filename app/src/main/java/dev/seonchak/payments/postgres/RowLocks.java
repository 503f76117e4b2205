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
