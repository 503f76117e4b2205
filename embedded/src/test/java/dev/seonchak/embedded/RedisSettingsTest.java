package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {
  @Test
  void quotesWhatNeedsQuotesAndLeavesWordsApart() {
    Map<String, String> settings =
        RedisSettings.with(
            1,
            "secret",
            Path.of("/a b/\"c\""),
            Map.of("client-output-buffer-limit", "normal 0 0 0"));
    assertThat(RedisSettings.text(settings).lines())
        .contains(
            "bind 127.0.0.1",
            "dir \"/a b/\\\"c\\\"\"",
            "save \"\"",
            "client-output-buffer-limit normal 0 0 0");
  }

  @Test
  void refusesWhatWouldBeASecondSetting() {
    assertThatThrownBy(() -> RedisSettings.text(Map.of("port", "1\nrequirepass none")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
