create table drops (
  id           uuid primary key,
  seller_id    uuid not null,
  title        text not null,
  description  text not null,
  kind         text not null,
  state        text not null,
  opens_at     timestamptz not null,
  closes_at    timestamptz,
  hold_minutes int not null,
  questions    jsonb not null,
  created_at   timestamptz not null,
  -- How long after ordering a buyer may cancel a paid order that is not shipped yet; 0 for never.
  cancel_hours  int not null default 168 check (cancel_hours >= 0),
  -- Bank, account, holder and minutes to wait; null when the seller takes no deposits.
  bank_transfer jsonb
);
create index drops_seller on drops (seller_id, id);

-- The pool of an item has the item's id.
create table items (
  id               uuid primary key,
  drop_id          uuid not null references drops,
  position         int not null,
  name             text not null,
  price            bigint not null check (price >= 0),
  limit_per_person int not null check (limit_per_person > 0)
);
create index items_drop on items (drop_id, position);

-- Searching by part of a title or a description; the expression is that of the search.
create extension if not exists pg_trgm;
create index drops_text on drops using gin ((title || ' ' || description) gin_trgm_ops);
