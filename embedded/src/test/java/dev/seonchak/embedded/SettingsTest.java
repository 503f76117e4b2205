package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void readsNamesAndValuesAsTheyStand() {
    String text =
        """
        # why = not
        empty =

        prefix = %m [%p]\s
        list = a=b,c = d
        """;
    assertThat(Settings.of(text))
        .containsExactly(
            entry("empty", ""), entry("prefix", "%m [%p] "), entry("list", "a=b,c = d"));
  }
}
