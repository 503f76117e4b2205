-- idempotency_key is a column of what it made: one probe finds an earlier success, and a second
-- order under the same key cannot be written. fingerprint tells another request under the same key.
create table orders (
  id              uuid primary key,
  drop_id         uuid not null,
  buyer_id        uuid not null,
  idempotency_key text,
  fingerprint     bigint not null,
  state           text not null,
  amount          bigint not null,
  answers         jsonb not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  held_until      timestamptz not null
);
create unique index orders_key on orders (buyer_id, idempotency_key);
create index orders_drop on orders (drop_id, id);
create index orders_due on orders (held_until) where state in ('PENDING', 'AWAITING_DEPOSIT');
