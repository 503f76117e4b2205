package dev.seonchak.events.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DebeziumSettingsTest {
  @Test
  void takesHostPortDatabaseAndOptionsFromTheUrl() {
    var settings =
        DebeziumSettings.of(
            "slot",
            new DatabaseAddress(
                "jdbc:postgresql://db.example:6543/shop?sslmode=verify-full&options=-c%20a=b",
                "ann", "secret"));

    assertThat(settings)
        .containsEntry("database.hostname", "db.example")
        .containsEntry("database.port", "6543")
        .containsEntry("database.dbname", "shop")
        .containsEntry("database.user", "ann")
        .containsEntry("database.password", "secret")
        .containsEntry("driver.sslmode", "verify-full")
        .containsEntry("driver.options", "-c a=b -c wal_sender_timeout=5s")
        .containsEntry("slot.name", "slot");
  }

  @Test
  void takesUserAndPasswordFromTheUrlWhenNobodyElseNamesThem() {
    var settings =
        DebeziumSettings.of(
            "slot",
            new DatabaseAddress(
                "jdbc:postgresql://localhost/shop?user=ann&password=a%26b", "", ""));

    assertThat(settings)
        .containsEntry("database.port", "5432")
        .containsEntry("database.user", "ann")
        .containsEntry("database.password", "a&b")
        .doesNotContainKey("driver.password");
  }

  @Test
  void refusesUrlOfSeveralHosts() {
    var address = new DatabaseAddress("jdbc:postgresql://one:5432,two:5432/shop", "ann", "");

    assertThatThrownBy(() -> DebeziumSettings.of("slot", address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one host");
  }
}
