package dev.seonchak.payments.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What testers see and do: the books, and the switches for all that can go wrong. */
final class Desk {
  private static final int MOVEMENTS_MAX = 10_000;
  private static final int DELAY_MILLIS_MAX = 600_000;

  private final Books books;
  private final Switches switches;

  Desk(Books books, Switches switches) {
    this.books = books;
    this.switches = switches;
  }

  Reply answer(Incoming request) throws IOException {
    return switch (request.line()) {
      case "GET /simulator/ledger" -> ledger(request.query());
      case "POST /simulator/switches" -> flip(request);
      case "DELETE /simulator/switches" -> {
        switches.flipBack();
        yield Reply.json(200, Map.of());
      }
      default -> Reply.error(404, -404, "not found");
    };
  }

  private Reply ledger(Map<String, String> query) {
    var after = query.getOrDefault("after", "0");
    if (!after.matches("\\d{1,18}")) {
      return Reply.error(400, -2, "after is the id of a movement");
    }
    var movements =
        books.movements(query.getOrDefault("order", ""), Long.parseLong(after), MOVEMENTS_MAX);
    return Reply.json(200, Map.of("movements", movements.stream().map(Desk::movement).toList()));
  }

  private static Map<String, Object> movement(Movement movement) {
    return Map.of(
        "id", movement.id(),
        "tid", movement.tid(),
        "gateway", movement.gateway(),
        "order", movement.order(),
        "user", movement.user(),
        "kind", movement.kind(),
        "amount", movement.amount(),
        "at", movement.at().toInstant().toString());
  }

  private Reply flip(Incoming request) throws IOException {
    var body = request.object();
    if (body == null) {
      return Reply.error(400, -2, "a JSON object is wanted");
    }
    var call = body.path("call").asString("approve");
    var fault = Fault.named(body.path("fault").asString(""));
    var delayMillis = body.path("delayMillis").asInt(30_000);
    var times = body.path("times").asInt(1);
    if (fault.isEmpty()
        || !call.matches("ready|approve|order|cancel|webhook")
        || !fault.get().befalls(call)
        || delayMillis < 0
        || delayMillis > DELAY_MILLIS_MAX
        || times < 1) {
      return Reply.error(400, -2, "no such switch");
    }
    var planned = new Switch(fault.get(), Duration.ofMillis(delayMillis));
    switches.flip(body.path("order").asString("*"), call, planned, times);
    return Reply.json(201, Map.of());
  }
}
