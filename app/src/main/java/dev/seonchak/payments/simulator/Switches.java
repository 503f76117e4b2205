package dev.seonchak.payments.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The faults that have been asked for and have not happened yet. */
final class Switches {
  private final JdbcClient database;

  Switches(JdbcClient database) {
    this.database = database;
  }

  /**
   * Makes a fault happen the next {@code times} times.
   *
   * @param order how the order begins; {@code *} means any
   */
  void flip(String order, String call, Switch planned, int times) {
    database
        .sql(
            """
            insert into simulator.switches (partner_order, call, fault, delay_millis, times)
            values (?, ?, ?, ?, ?)
            """)
        .param(order)
        .param(call)
        .param(planned.fault().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .param(planned.delay().toMillis())
        .param(times)
        .update();
  }

  void flipBack() {
    database.sql("delete from simulator.switches").update();
  }

  /** The fault that is due for this call, used up by asking. */
  Optional<Switch> due(String order, String call) {
    var sql =
        """
        update simulator.switches set times = times - 1
        where id = (
          select id from simulator.switches
          where times > 0 and call = ? and (partner_order = '*' or starts_with(?, partner_order))
          order by partner_order = '*', id
          limit 1
          for update skip locked)
        returning fault, delay_millis
        """;
    return database
        .sql(sql)
        .param(call)
        .param(order)
        .query((row, _) ->
            new Switch(
                Fault.named(row.getString("fault")).orElseThrow(),
                Duration.ofMillis(row.getLong("delay_millis"))))
        .optional();
  }
}
