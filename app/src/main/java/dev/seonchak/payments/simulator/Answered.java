package dev.seonchak.payments.simulator;

import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was answered under an {@code Idempotency-Key}: the same key at the same address is given the
 * same answer, whatever else the request says, and while the first is being worked on, a refusal.
 * The company forgets after 15 days, this one never.
 */
final class Answered {
  /** Stands for the answer of a request that is being worked on. */
  private static final int NONE_YET = 0;

  private final JdbcClient database;

  Answered(JdbcClient database) {
    this.database = database;
  }

  /**
   * Does the work of a request unless it has been done, and remembers nothing that was not done.
   */
  Reply once(String scope, Supplier<Reply> work) {
    var sql =
        """
        insert into simulator.answers (scope, status, body) values (?, ?, '')
        on conflict do nothing
        """;
    if (database.sql(sql).param(scope).param(NONE_YET).update() == 0) {
      return again(scope);
    }
    try {
      return work.get();
    } finally {
      forget(scope);
    }
  }

  private Reply again(String scope) {
    return database
        .sql("select status, body from simulator.answers where scope = ? and status <> ?")
        .param(scope)
        .param(NONE_YET)
        .query((row, _) ->
            new Reply(
                row.getInt("status"),
                Map.of("Content-Type", "application/json;charset=UTF-8"),
                row.getString("body"),
                Reply.Sent.WHOLE))
        .optional()
        .orElseGet(
            () -> Reply.tossError(409, "IDEMPOTENT_REQUEST_PROCESSING", "it is being worked on"));
  }

  /** Remembers what a request that is being worked on has done; gives back the same answer. */
  Reply keep(String scope, Reply reply) {
    database
        .sql("update simulator.answers set status = ?, body = ? where scope = ?")
        .param(reply.status())
        .param(reply.body())
        .param(scope)
        .update();
    return reply;
  }

  private void forget(String scope) {
    database
        .sql("delete from simulator.answers where scope = ? and status = ?")
        .param(scope)
        .param(NONE_YET)
        .update();
  }

  /** Forgets what was being worked on when the simulator ended. */
  void open() {
    database.sql("delete from simulator.answers where status = ?").param(NONE_YET).update();
  }
}
