create table accounts (
  id            uuid primary key,
  email         text not null,
  name          text not null,
  password_hash text not null,
  roles         text[] not null,
  created_at    timestamptz not null,
  closed_at     timestamptz
);
-- One account per address, however it is written.
create unique index accounts_email on accounts (lower(email)) where closed_at is null;

create table sessions (
  id         uuid primary key,
  account_id uuid not null references accounts,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at   timestamptz
);
create index sessions_account on sessions (account_id);
-- Every node asks once a second what has just ended.
create index sessions_ended on sessions (ended_at) where ended_at is not null;

-- A refresh token is kept as its hash; the one that it was exchanged for is its successor.
create table refresh_tokens (
  hash        bytea primary key,
  session_id  uuid not null references sessions,
  issued_at   timestamptz not null,
  replaced_at timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);

create table signing_keys (
  id          text primary key,
  private_key bytea not null,
  public_key  bytea not null,
  created_at  timestamptz not null,
  retired_at  timestamptz
);
