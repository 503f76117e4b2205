-- One row is one attempt to pay one order. captured = kept + being refunded + refunded.
create table payments (
  id               uuid primary key,
  order_id         uuid not null references orders,
  -- Told to the gateway and compared with its answer, so that no call needs the order's row.
  buyer_id         uuid not null,
  gateway          text not null,
  state            text not null
    check (state in ('READY', 'APPROVING', 'APPROVED', 'FAILED', 'UNKNOWN', 'REFUNDING', 'REFUNDED')),
  amount           bigint not null check (amount >= 0),
  captured         bigint not null default 0 check (captured >= 0),
  refunded         bigint not null default 0 check (refunded >= 0 and refunded <= captured),
  -- What the gateway calls this attempt, known after `ready`.
  gateway_id       text,
  -- What the buyer brought back from the gateway; with it, approving can be finished after a crash.
  proof            text,
  -- The unguessable part of the return address.
  return_token     text not null unique,
  reason           text,
  detail           text,
  -- When the reconciler looks at it next, and how often it has; null when there is nothing to find out.
  ask_at           timestamptz,
  asked            int not null default 0,
  -- Since when it is not known what became of the money; null while that is known.
  unanswered_since timestamptz,
  -- After this moment the gateway's session can capture nothing any more.
  session_ends     timestamptz not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null
);
create index payments_order on payments (order_id);
-- At most one attempt of an order may capture money.
create unique index payments_one_capture on payments (order_id) where state in ('APPROVING', 'UNKNOWN', 'APPROVED');
create unique index payments_gateway_id on payments (gateway, gateway_id);
create index payments_ask on payments (gateway, ask_at) where ask_at is not null;
create index payments_sessions on payments (session_ends) where state = 'READY';
create index payments_changed on payments (gateway, updated_at, id);
create index payments_unanswered on payments (unanswered_since) where unanswered_since is not null;

-- What a payment by bank transfer waits for. The account is copied, since the seller may change it.
create table deposits (
  payment_id   uuid primary key references payments,
  drop_id      uuid not null,
  bank         text not null,
  account      text not null,
  holder       text not null,
  -- The sender's name by which the seller recognizes it, for ever: money may come late.
  deposit_name text not null,
  deadline     timestamptz not null
);
create index deposits_drop on deposits (drop_id, payment_id);
-- Two that look alike in one account could not be told apart, however account and name are spaced.
create unique index deposits_name on deposits (
  regexp_replace(account, '[^0-9]', '', 'g'), lower(regexp_replace(deposit_name, '\s', '', 'g')));

-- Money on its way back to a buyer; the row is written before the gateway is called.
create table refunds (
  id         uuid primary key,
  payment_id uuid not null references payments,
  amount     bigint not null check (amount > 0),
  reason     text not null,
  created_at timestamptz not null,
  done_at    timestamptz,
  -- When its gateway refused it for good, and in which words; done_at may follow.
  refused_at timestamptz,
  refusal    text,
  -- Whether it was sent by hand because the gateway refused.
  by_hand    boolean not null default false
);
create index refunds_payment on refunds (payment_id);
-- One at a time, so that what the gateway has left says whether it was done.
create unique index refunds_open on refunds (payment_id) where done_at is null and refused_at is null;
create index refunds_refused on refunds (refused_at) where refused_at is not null and done_at is null;

-- Every movement of money, as rows that sum to zero: what the gateways have of ours (GATEWAY, by
-- name), what was sold for it (SALES), what is on its way back to buyers (REFUNDS), and what sellers
-- have sent them by hand because a gateway refused to (HAND).
create table ledger (
  id         bigint generated always as identity primary key,
  payment_id uuid not null references payments,
  movement   text not null check (movement in ('CAPTURED', 'OWED', 'REFUSED', 'RETURNED')),
  account    text not null check (account in ('GATEWAY', 'SALES', 'REFUNDS', 'HAND')),
  gateway    text not null,
  amount     bigint not null check (amount <> 0),
  at         timestamptz not null default clock_timestamp()
);
create index ledger_payment on ledger (payment_id);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only';
end
$$;
create trigger ledger_append_only before update or delete or truncate on ledger
  for each statement execute function ledger_is_append_only();

-- One row is one daily comparison of a gateway's books with the ledger, payment by payment in the
-- order in which they were changed.
create table comparisons (
  gateway       text not null,
  day           date not null,
  -- Payments that have changed up to this moment are compared; later ones tomorrow.
  changed_until timestamptz not null,
  -- How far it has come, so that another process goes on from there.
  through_at    timestamptz not null,
  through_id    uuid not null,
  compared      bigint not null default 0,
  leased_until  timestamptz not null,
  done_at       timestamptz,
  primary key (gateway, day)
);

-- A payment of which the gateway says something else than the ledger; gone once they agree.
create table differences (
  number         bigint generated always as identity primary key,
  payment_id     uuid not null references payments,
  gateway        text not null,
  kind           text not null
    check (kind in ('UNHEARD', 'NOT_CAPTURED_HERE', 'NOT_CAPTURED_THERE', 'OTHER_AMOUNT',
                    'NOT_REFUNDED_THERE', 'NOT_REFUNDED_HERE', 'REFUND_REFUSED')),
  captured_here  bigint not null,
  refunded_here  bigint not null,
  captured_there bigint not null,
  refunded_there bigint not null,
  found_at       timestamptz not null,
  seen_at        timestamptz not null,
  gone_at        timestamptz
);
create unique index differences_open on differences (payment_id) where gone_at is null;
