-- The lines of an order are columns of it, each with the claim's number, so that reading an order,
-- answering its key again and giving its claims back cost one row and no index by holder.
-- buyer_key is when the drop was made (16 bits), the buyer (40), the drop (24) and the buyer's
-- Idempotency-Key for it (48), in this order: one probe of one index finds whether a buyer has been in
-- a drop before, a second order under the same key cannot be written, and the orders of a drop stay
-- near each other however many others there are.
-- fingerprint tells another request under the same key.
-- created_at, expires_at, items, quantities, sequences and amount never change: the answer to a
-- repeated key is built from them.
create table orders (
  id              uuid primary key,
  drop_id         uuid not null,
  buyer_id        uuid not null,
  buyer_key       uuid not null,
  fingerprint     bigint not null,
  state           text not null,
  amount          bigint not null,
  items           uuid[] not null,
  quantities      int[] not null,
  sequences       bigint[] not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  -- When the claims really go back: later than expires_at once they were taken again.
  held_until      timestamptz not null,
  -- To the drop's form, by question id, as JSON with sorted members; null until some are given. It is
  -- text, because jsonb costs each hold its parsing and nothing here is searched for.
  answers         text,
  -- The numbers of the claims that it has since they were taken again, and under which attempt.
  again_sequences bigint[],
  again_key       uuid,
  again_at        timestamptz,
  -- When it was kept or taken again past its deadline; a buyer who has paid nothing gets that once.
  graced_at       timestamptz,
  -- What was decided to be given back to the buyer once it was paid, without what a gateway
  -- refused; null for nothing.
  refunded        bigint
);
create unique index orders_key on orders (buyer_key);
create index orders_drop on orders (drop_id, id);

-- Through which order idempotency keys have been forgotten; one row.
create table keys_forgotten (through uuid not null);
insert into keys_forgotten values ('00000000-0000-0000-0000-000000000000');

-- One ticket for each unit, issued once an order is paid.
create table tickets (
  id       uuid primary key,
  order_id uuid not null references orders,
  item_id  uuid not null,
  -- The claim's number in the item's pool, and which of its units this is, from 1.
  sequence bigint not null,
  unit     int not null check (unit > 0),
  -- What the door checks; cannot be guessed.
  code     text not null unique,
  issued_at timestamptz not null,
  -- Since when it lets nobody in, because its unit was taken back; null while it is good.
  void_at  timestamptz,
  unique (item_id, sequence, unit)
);
create index tickets_order on tickets (order_id);

-- What the seller packs, issued once an order is paid.
create table packing_slips (
  id        uuid primary key,
  order_id  uuid not null unique references orders,
  drop_id   uuid not null,
  issued_at timestamptz not null
);
create index packing_slips_drop on packing_slips (drop_id, id);

-- What was given back of a paid order: money, and the units that were taken back for it. Written in
-- one transaction with the claims that it returns and with the money's refund, which has the same id.
create table order_refunds (
  id              uuid primary key,
  order_id        uuid not null references orders,
  asked_by        text not null check (asked_by in ('BUYER', 'SELLER')),
  amount          bigint not null check (amount >= 0),
  items           uuid[] not null,
  quantities      int[] not null,
  -- Whether the units went back into their pools.
  stock_returned  boolean not null,
  note            text,
  -- As in orders; null for a buyer's cancelling, which happens once by itself.
  idempotency_key uuid,
  fingerprint     bigint not null,
  created_at      timestamptz not null,
  -- Since when its money is the order's again, because the gateway would not give it back.
  refused_at      timestamptz
);
-- Also finds the refunds of an order.
create unique index order_refunds_key on order_refunds (order_id, idempotency_key);

create table shipments (
  order_id        uuid primary key references orders,
  carrier         text not null,
  tracking_number text not null,
  shipped_at      timestamptz not null,
  delivered_at    timestamptz
);

-- Who did what to an order when; the order's making is in the order itself.
create table order_history (
  order_id uuid not null references orders,
  at       timestamptz not null,
  what     text not null,
  -- Null when the platform did it.
  actor_id uuid,
  -- What else there is to say, for a person.
  detail   text
);
create index order_history_order on order_history (order_id, at);
