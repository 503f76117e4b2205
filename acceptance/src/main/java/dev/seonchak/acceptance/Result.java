package dev.seonchak.acceptance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The demo's figures, and whether they fit each other and the platform's own audit. */
record Result(Demo.Options options, Tally tally, JsonNode audit) {
  /** Prints the table; true when nothing is broken. */
  boolean print(PrintStream out) {
    out.println();
    row(out, "tried", tally.of("tried"));
    row(out, "held", tally.of("held"));
    row(out, "sold out", tally.of("sold-out"));
    row(out, "paid", tally.of("paid"));
    row(out, "confirmed", tally.of("order CONFIRMED"));
    row(out, "expired", tally.of("order EXPIRED"));
    out.printf(
        "  hold         p50 %.0f ms   p95 %.0f ms   p99 %.0f ms%n",
        tally.holdMillis(0.50), tally.holdMillis(0.95), tally.holdMillis(0.99));
    for (JsonNode item : audit.path("items")) {
      out.printf(
          "  audit        capacity %,d = free %,d + held %,d + confirmed %,d, numbers 1..%,d%n",
          item.path("capacity").asLong(),
          item.path("free").asLong(),
          item.path("held").asLong(),
          item.path("confirmed").asLong(),
          item.path("sequences").asLong());
    }
    out.printf(
        "  money        captured %,d won = kept %,d + refunding %,d + refunded %,d%n",
        audit.path("money").path("captured").asLong(),
        audit.path("money").path("kept").asLong(),
        audit.path("money").path("refunding").asLong(),
        audit.path("money").path("refunded").asLong());
    List<String> broken = broken();
    out.println(
        broken.isEmpty() ? "  result       every invariant holds" : "  result       BROKEN");
    broken.forEach(sentence -> out.println("    " + sentence));
    return broken.isEmpty();
  }

  /** One sentence for each figure that is not as it must be. */
  List<String> broken() {
    var broken = new ArrayList<String>();
    int expected = Math.min(options.buyers(), options.stock());
    require(broken, tally.of("tried") == options.buyers(), "not every buyer tried");
    require(broken, tally.of("held") == expected, "held must be " + expected);
    require(
        broken,
        tally.of("sold-out") == options.buyers() - expected,
        "everybody else must be told \"sold out\"");
    require(broken, tally.of("failed") == 0, tally.of("failed") + " tries got no proper answer");
    require(
        broken,
        tally.of("order CONFIRMED") == tally.of("paid"),
        "every order that was paid must be CONFIRMED");
    require(
        broken, tally.of("not paid") == 0, tally.of("not paid") + " payments did not go through");
    require(
        broken,
        audit.path("clean").asBoolean(false),
        "the audit found: " + audit.path("violations"));
    return broken;
  }

  private static void require(List<String> broken, boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  private static void row(PrintStream out, String name, int count) {
    out.printf("  %-11s %,7d%n", name, count);
  }
}
