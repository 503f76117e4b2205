package dev.seonchak.events.postgres;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The replication slot from which the relay reads the log. PostgreSQL lets one connection at a time
 * read from it, so it also elects the active relay.
 */
@Component
public final class RelaySlot {
  /** What a relay finds when it wants to read. */
  public enum State {
    /** There is none yet, or somebody has dropped it. */
    MISSING,
    /** The log that it still needed has been given up, so that the disk does not fill. */
    LOST,
    /** Nobody reads from it. */
    FREE,
    /** Another relay reads from it. */
    TAKEN
  }

  private final JdbcClient jdbc;

  RelaySlot(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Slots share one namespace in a server, so the name holds that of the database. */
  public String name() {
    return jdbc.sql(
            """
            select left('seonchak_' || regexp_replace(lower(current_database()), '[^a-z0-9_]', '_', 'g'), 63)
            """)
        .query(String.class)
        .single();
  }

  public State state(String name) {
    return jdbc.sql(
            """
            select case when wal_status = 'lost' then 'LOST' when active then 'TAKEN' else 'FREE' end
            from pg_replication_slots
            where slot_name = ?
            """)
        .param(name)
        .query(String.class)
        .optional()
        .map(State::valueOf)
        .orElse(State.MISSING);
  }

  /**
   * Makes the slot anew and forgets how far a former one had been read. Returns when every
   * transaction that began before has ended: what commits later is read from the slot, what
   * committed before is visible to a query.
   */
  public void create(String name) {
    jdbc.sql(
            "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?")
        .param(name)
        .query()
        .listOfRows();
    jdbc.sql("delete from relay_offsets").update();
    jdbc.sql("select lsn::text from pg_create_logical_replication_slot(?, 'pgoutput')")
        .param(name)
        .query(String.class)
        .single();
  }
}
