package dev.seonchak.lab.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built platform, as in a run of {@code lab payments} but shorter. */
class PaymentsIT {
  @TempDir private Path folder;

  @Test
  void matchesEveryPaymentAfterFaultsUnderLoad() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    try (PaymentsUnderLoad payments = new PaymentsUnderLoad(Path.of("..", "app"), folder)) {
      PaymentsUnderLoad.Outcome outcome =
          payments.run(new PaymentsUnderLoad.Conditions(300, 16, 10, 7), Instant.now());
      assertThat(outcome.findings()).isEmpty();
      assertThat(outcome.unmatched()).isZero();
      assertThat(outcome.faults()).hasSizeGreaterThan(5);
      assertThat(outcome.states())
          .containsKeys("kakaopay APPROVED", "kakaopay FAILED", "toss APPROVED", "toss FAILED");
    }
  }
}
