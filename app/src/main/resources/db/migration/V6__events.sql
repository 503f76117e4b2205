-- Order of writing, whatever the clock does: writers of one aggregate are serialised by its row lock.
create sequence outbox_position;

-- The news on its way out. A row without sent_at is not yet known to be on Kafka.
create table outbox (
  id           uuid not null,
  aggregate    text not null,
  aggregate_id uuid not null,
  type         text not null,
  payload      text not null,
  position     bigint not null default nextval('outbox_position'),
  created_at   timestamptz not null default clock_timestamp(),
  sent_at      timestamptz,
  primary key (id, created_at)
) partition by range (created_at);
create index outbox_unsent on outbox (position) where sent_at is null;

-- Takes what falls on a day without a partition, so that an insert never fails.
create table outbox_other partition of outbox default;

-- Makes the partitions from the oldest stray row (a week back at most) to so many days ahead, and
-- moves stray rows there. Attaching locks the parent only against other changes of its shape.
create function make_outbox_days(ahead int) returns void
language plpgsql set lock_timeout = '2s' as $$
declare
  today date := (now() at time zone 'UTC')::date;
  first date := (select min(created_at) at time zone 'UTC' from outbox_other)::date;
  day   date;
  part  text;
begin
  perform pg_advisory_xact_lock(hashtext('outbox days'));
  for day in
    select generate_series(
      greatest(least(coalesce(first, today), today), today - 7), today + ahead, '1 day')::date
  loop
    part := 'outbox_' || to_char(day, 'YYYYMMDD');
    continue when to_regclass(part) is not null;
    lock table outbox_other in access exclusive mode;
    execute format('create table %I (like outbox including all)', part);
    execute format(
      'with moved as (delete from outbox_other where created_at >= %2$L and created_at < %3$L returning *)
       insert into %1$I select * from moved',
      part, day || ' 00:00:00+00', (day + 1) || ' 00:00:00+00');
    execute format('alter table outbox attach partition %I for values from (%L) to (%L)',
      part, day || ' 00:00:00+00', (day + 1) || ' 00:00:00+00');
  end loop;
end $$;

-- Drops the days before the last so many, except those that still hold something unsent.
create function drop_outbox_days(keep int) returns void
language plpgsql set lock_timeout = '2s' as $$
declare
  today  date := (now() at time zone 'UTC')::date;
  part   text;
  unsent boolean;
begin
  perform pg_advisory_xact_lock(hashtext('outbox days'));
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'outbox'::regclass and c.relname ~ '^outbox_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < today - keep
    order by c.relname
  loop
    execute format('select exists (select from %I where sent_at is null)', part) into unsent;
    continue when unsent;
    execute format('drop table %I', part);
  end loop;
  delete from outbox_other where sent_at is not null and created_at < now() - make_interval(days => keep);
end $$;

select make_outbox_days(3);

-- What a subscriber has already done. Event ids sort by time, so the key itself finds what is old.
create table inbox (
  subscriber text not null,
  event_id   uuid not null,
  at         timestamptz not null default now(),
  primary key (subscriber, event_id)
);

-- How far the relay has read the log; kept here so that another node goes on from there.
create table relay_offsets (
  source   text primary key,
  position text not null,
  at       timestamptz not null default now()
);

-- Inserts only: marking a row as sent is no news.
create publication seonchak_outbox for table outbox
  with (publish = 'insert', publish_via_partition_root = true);
