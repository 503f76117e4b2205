-- When each published drop was audited last, what its counters said then, and what was found.
create table audits (
  drop_id    uuid primary key references drops,
  audited_at timestamptz not null,
  mark       numeric,
  violations int not null
);
create index audits_oldest on audits (audited_at);
