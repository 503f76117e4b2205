package dev.seonchak.payments.simulator;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The simulated company's tables, in a schema of their own so that they outlive a restart. The
 * platform never looks in here.
 */
final class Schema {
  private static final String TABLES =
      """
      create schema if not exists simulator;
      create table if not exists simulator.sessions (
        tid           text primary key,
        -- Whose protocol it was made by: kakaopay or toss.
        gateway       text not null,
        page          text not null unique,
        partner_order text not null,
        partner_user  text not null,
        item          text not null,
        quantity      int not null,
        amount        bigint not null,
        approval_url  text not null,
        cancel_url    text not null,
        fail_url      text not null,
        status        text not null,
        token         text,
        captured      bigint not null default 0,
        cancelled     bigint not null default 0,
        -- When money is going to be taken that was not taken while it was asked for.
        capture_at    timestamptz,
        created_at    timestamptz not null default clock_timestamp()
      );
      create index if not exists sessions_order on simulator.sessions (partner_order);
      create index if not exists sessions_capture on simulator.sessions (capture_at)
        where capture_at is not null;
      create table if not exists simulator.ledger (
        id     bigint generated always as identity primary key,
        tid    text not null,
        aid    text not null,
        kind   text not null check (kind in ('CAPTURE', 'CANCEL')),
        amount bigint not null check (amount > 0),
        at     timestamptz not null default clock_timestamp()
      );
      create index if not exists ledger_session on simulator.ledger (tid);
      create table if not exists simulator.switches (
        id            bigint generated always as identity primary key,
        partner_order text not null,
        call          text not null,
        fault         text not null,
        delay_millis  bigint not null,
        times         int not null
      );
      -- What was answered under an Idempotency-Key.
      create table if not exists simulator.answers (
        scope  text primary key,
        status int not null,
        body   text not null
      );
      """;

  private Schema() {}

  /** Makes the tables where they are missing; several processes may do so at once. */
  static void open(JdbcClient database) {
    database
        .sql("do $$ begin perform pg_advisory_xact_lock(7366746); " + TABLES + " end $$")
        .update();
  }
}
