-- The only place where stock is counted. group_id is what the pools of one drop share.
-- A pool without opens_at is not published: nothing can be taken from it yet.
create table pools (
  id                 uuid primary key,
  group_id           uuid not null,
  capacity           bigint not null check (capacity >= 0),
  taken              bigint not null default 0 check (taken >= 0 and taken <= capacity),
  next_sequence      bigint not null default 1,
  limit_per_claimant int check (limit_per_claimant > 0),
  opens_at           timestamptz,
  closes_at          timestamptz
) with (fillfactor = 40);
create index pools_group on pools (group_id);

-- Means nothing. To change it is to write to the log, and so to wait, at the commit, until everything
-- before it is on the disk.
create sequence flushes;

-- H held, C confirmed, R released, E expired, T returned. Who holds a claim knows its pool and
-- sequence, and whose it is finds the holder, so there is no index by holder or claimant: each index
-- entry is paid for by every hold.
create table claims (
  pool_id     uuid not null,
  sequence    bigint not null,
  holder_id   uuid not null,
  claimant_id uuid not null,
  quantity    int not null check (quantity > 0),
  state       "char" not null,
  -- Units of it that went back by refunds, null for none; it is RETURNED once all of them did.
  returned    int,
  primary key (pool_id, sequence)
);

-- Until when claims that were taken together are held: from firsts[i] to lasts[i] of pools[i]. A held
-- claim is covered by a row that comes no later than its holder's deadline, which may be put off; a row
-- goes once none of its claims is held any more. One row for many claims spares each of them, and each
-- change of its holder, an index entry by deadline.
create table deadlines (
  at     timestamptz not null,
  id     bigint generated always as identity,
  -- How many claims it covers.
  claims int not null check (claims > 0),
  -- A row lives as long as its holds, so the time that compressing takes is not worth the room.
  pools  uuid[] storage external not null,
  firsts bigint[] storage external not null,
  lasts  bigint[] storage external not null,
  primary key (at, id)
);

-- Units held or confirmed by a claimant who came to a pool again; who came once is counted from what
-- that brought, so that a new claimant costs no row. Written only under the pool's lock.
create table tallies (
  pool_id     uuid not null,
  claimant_id uuid not null,
  units       int not null check (units >= 0),
  primary key (pool_id, claimant_id)
) with (fillfactor = 85);

-- How often a claimant let claims of a group expire unpaid.
create table lapses (
  group_id    uuid not null,
  claimant_id uuid not null,
  count       int not null,
  last_at     timestamptz not null,
  primary key (group_id, claimant_id)
);
