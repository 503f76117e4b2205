package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresSettingsTest {
  @Test
  void keepsWhatWasAcknowledged() {
    assertThat(PostgresSettings.with(1, Map.of()))
        .containsEntry("fsync", "on")
        .containsEntry("synchronous_commit", "on")
        .containsEntry("wal_level", "logical")
        .containsEntry("listen_addresses", "127.0.0.1");
  }

  @Test
  void putsTheCallersSettingsOverOurs() {
    assertThat(PostgresSettings.with(1, Map.of("shared_buffers", "1GB", "a.b", "c")))
        .containsEntry("shared_buffers", "1GB")
        .containsEntry("a.b", "c");
  }

  @Test
  void takesAnEighthOfTheMemoryWithinBounds() {
    assertThat(PostgresSettings.sharedBuffersMegabytes(256L << 20)).isEqualTo(64);
    assertThat(PostgresSettings.sharedBuffersMegabytes(4L << 30)).isEqualTo(512);
    assertThat(PostgresSettings.sharedBuffersMegabytes(64L << 30)).isEqualTo(4096);
  }

  @Test
  void quotesValues() {
    assertThat(PostgresSettings.text(Map.of("log_line_prefix", "it's \\d")))
        .endsWith("log_line_prefix = 'it''s \\\\d'\n");
  }

  @Test
  void refusesWhatWouldBeASecondSetting() {
    assertThatThrownBy(() -> PostgresSettings.text(Map.of("port", "1'\nfsync = 'off")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PostgresSettings.text(Map.of("port = 1\nfsync", "off")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheReasonFromWhatInitdbPrints() {
    String output =
        """
        creating configuration files ... ok
        initdb: error: could not write file: No space left on device
        initdb: removing contents of data directory
        """;
    assertThat(EmbeddedPostgres.firstError(output))
        .isEqualTo("could not write file: No space left on device");
    assertThat(EmbeddedPostgres.firstError("libstdc++.so.6 is missing\n\n"))
        .isEqualTo("libstdc++.so.6 is missing");
    assertThat(EmbeddedPostgres.firstError("")).isEqualTo("it printed nothing");
  }
}
