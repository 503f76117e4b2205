package dev.seonchak.lab.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built platform, as in a run of {@code lab purchases} but shorter. */
class PurchasesIT {
  @TempDir private Path folder;

  @Test
  void endsEveryPurchaseWithAPaidOrder() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    try (PurchasesAtRates purchases = new PurchasesAtRates(Path.of("..", "app"), folder)) {
      assertThat(purchases.run(8, List.of(20), Duration.ofSeconds(1), Instant.now()))
          .singleElement()
          .satisfies(one -> {
            assertThat(one.findings()).isEmpty();
            assertThat(one.purchases()).isEqualTo(20);
            assertThat(one.returns().p50()).isLessThan(one.latencies().p50());
          });
    }
  }
}
