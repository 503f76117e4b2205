create table payments (
  id          uuid primary key,
  order_id    uuid not null references orders,
  gateway     text not null,
  state       text not null,
  amount      bigint not null,
  -- What the gateway calls this attempt, known after `ready`.
  gateway_id  text,
  -- The unguessable part of the return address.
  return_token text not null unique,
  reason      text,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);
create index payments_order on payments (order_id);
-- At most one attempt of an order may capture money.
create unique index payments_one_capture on payments (order_id) where state in ('APPROVING', 'UNKNOWN', 'APPROVED');
