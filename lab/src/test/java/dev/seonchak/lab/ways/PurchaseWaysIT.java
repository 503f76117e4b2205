package dev.seonchak.lab.ways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.lab.Ground;
import dev.seonchak.lab.Stand;
import dev.seonchak.lab.check.PurchaseWaysCheck;
import dev.seonchak.lab.load.Arrivals;
import dev.seonchak.lab.load.HotItem;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole purchases at a rate that every way can follow, and a check that can fail. */
class PurchaseWaysIT {
  private static final int A_SECOND = 40;

  @ParameterizedTest
  @EnumSource
  void confirmsWhateverWasCaptured(Purchases way) throws Exception {
    Servers servers = Ground.prepare();
    Gateway gateway = new Gateway(Duration.ofMillis(2));
    HotItem workload = HotItem.fresh();
    try (Connection connection = Stand.connect(servers);
        Purchase open = way.open(servers, gateway)) {
      workload.prepare(connection);
      PurchaseWaysCheck check = new PurchaseWaysCheck(connection, Map.of());

      Arrivals.Outcome outcome = new Arrivals(A_SECOND).buy(open, workload, Duration.ofSeconds(1));
      open.settle();

      assertThat(outcome.firstFailure()).isNull();
      assertThat(outcome.told()).hasSize(A_SECOND);
      assertThat(check.end(gateway.captured(), outcome.told())).isEmpty();
      findsDamage(connection, check, gateway, outcome.told());
    }
  }

  /** The check would have found what it was looking for. */
  private static void findsDamage(
      Connection connection, PurchaseWaysCheck check, Gateway gateway, List<Hold> told)
      throws Exception {
    Map<UUID, Long> captured = gateway.captured();
    assertThat(check.end(Map.of(), told)).hasSize(2).last().asString().contains("told");
    try (Statement statement = connection.createStatement()) {
      statement.execute("update orders set state = 'PAID' where sequences = '{1}'");
      assertThat(check.end(captured, told)).singleElement().asString().contains("captured");
      statement.execute("update pools set taken = taken + 1");
      assertThat(check.end(captured, told)).hasSize(2).last().asString().contains("counters");
    }
  }
}
