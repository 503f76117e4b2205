-- When each published drop was taken for its last audit, what its counters said then, and what the last
-- audit that ended has found, and when; found_at is null before the first.
create table audits (
  drop_id    uuid primary key references drops,
  audited_at timestamptz not null,
  mark       numeric,
  violations int not null,
  found_at   timestamptz
);
create index audits_oldest on audits (audited_at);
-- Adds up what was found without reading the drops that are in order.
create index audits_violations on audits (violations) where violations > 0;

-- Whoever publishes a drop enlists it, so that no round has to look for new ones among all.
create function enlist_for_audit() returns trigger language plpgsql as $$
begin
  insert into audits (drop_id, audited_at, violations) values (new.id, 'epoch', 0)
  on conflict do nothing;
  return null;
end
$$;
create trigger drops_enlisted after insert or update of state on drops
  for each row when (new.state <> 'DRAFT') execute function enlist_for_audit();
