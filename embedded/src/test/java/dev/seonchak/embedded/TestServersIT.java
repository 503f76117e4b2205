package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestServersIT {
  /** Stands for a test run that ends without having stopped anything. */
  public static void main(String[] arguments) {
    TestServers.freshDatabase();
    TestServers.redis();
    System.out.println(TestServers.postgres().folder());
  }

  @Test
  void givesEachOneAnEmptyDatabase() throws SQLException {
    TestServers.Database first = TestServers.freshDatabase();
    TestServers.Database second = TestServers.freshDatabase();
    assertThat(first.name()).isNotEqualTo(second.name());
    createTable(first);
    createTable(second);
    assertThat(TestServers.postgres()).isSameAs(TestServers.postgres());
  }

  private static void createTable(TestServers.Database database) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create table here (id int)");
    }
  }

  @Test
  void leavesNothingBehind() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TestServersIT.class.getName())
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(printed).startsWith("/");
    assertThat(Disk.directoryOf(Path.of(printed))).doesNotExist();
  }
}
