package dev.seonchak.lab.ways;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The topic is the line: requests stand in it in order, and a single consumer decides them one
 * after the other, a batch in one transaction. Nobody fights for the row and the fsync is shared,
 * but each request still takes its six statements, and the way through the broker and back.
 */
final class KafkaLine implements Way {
  private static final int BATCH_MAX = 500;
  private static final long ANSWER_SECONDS_MAX = 60;

  private final Database database;
  private final Topic<Hold> topic;
  private final Batches<Hold> batches;
  private final Map<UUID, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();

  KafkaLine(Servers servers) {
    database = Database.ofTransactions(servers, 1);
    topic = new Topic<>(servers, "line", Hold.class, 1, Topic.LINGER);
    batches = new Batches<>(topic, 0, BATCH_MAX, this::decide);
  }

  @Override
  public Answer hold(Hold hold) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(hold.order(), answer);
    var _ = topic.send(0, hold);
    return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private void decide(List<Hold> batch) throws SQLException {
    Map<UUID, Answer> answers = HashMap.newHashMap(batch.size());
    try (Connection connection = database.connection()) {
      for (Hold hold : batch) {
        answers.put(hold.order(), decide(connection, hold));
      }
      connection.commit();
    }
    // Nobody hears anything before the commit.
    answers.forEach((order, answer) -> {
      CompletableFuture<Answer> caller = waiting.remove(order);
      if (caller != null) {
        caller.complete(answer);
      }
    });
  }

  private static Answer decide(Connection connection, Hold hold) throws SQLException {
    Optional<Answer.Held> before = Rows.remembered(connection, hold);
    if (before.isPresent()) {
      return before.get();
    }
    Savepoint savepoint = connection.setSavepoint();
    Answer answer = Conditional.decide(connection, hold);
    if (answer instanceof Answer.Refused) {
      connection.rollback(savepoint);
    }
    connection.releaseSavepoint(savepoint);
    return answer;
  }

  @Override
  public void close() {
    batches.close();
    topic.close();
    database.close();
  }
}
