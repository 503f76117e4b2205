package dev.seonchak.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.embedded.EmbeddedPostgres;
import dev.seonchak.embedded.Folders;
import dev.seonchak.embedded.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start that cannot succeed ends with one sentence, exit code 1 and nothing left behind. */
class LaunchIT {
  @TempDir Path folder;

  private void assertRefused(String sentence, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"));
    command.add("-Dlogback.configurationFile=logback.xml");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.seonchak.Seonchak");
    command.addAll(List.of(arguments));
    Path data = folder.resolve("data");
    command.add("--data=" + data);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(err, StandardCharsets.UTF_8).strip()).isEqualTo(sentence);
    assertThat(Files.readString(out, StandardCharsets.UTF_8)).isEmpty();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(data.resolve("postgres")).doesNotExist();
  }

  @Test
  void refusesBusyPort() throws Exception {
    try (ServerSocket busy = new ServerSocket(0)) {
      assertRefused(
          "Port %d is in use by another program; choose another with --port."
              .formatted(busy.getLocalPort()),
          "--port=" + busy.getLocalPort());
    }
  }

  @Test
  void refusesExternalServerThatDoesNotAnswer() throws Exception {
    int nobody = free();
    assertRefused(
        "PostgreSQL at 127.0.0.1:%d/shop cannot be reached: Connection refused.".formatted(nobody),
        "--port=0",
        "--postgres=postgres://user:secret@127.0.0.1:%d/shop".formatted(nobody));
    assertRefused(
        "Redis at 127.0.0.1:%d cannot be reached: Connection refused.".formatted(nobody),
        "--port=0",
        "--redis=redis://:secret@127.0.0.1:" + nobody);
    assertRefused(
        "Kafka at 127.0.0.1:%d cannot be reached: no answer within 5 s.".formatted(nobody),
        "--port=0",
        "--kafka=127.0.0.1:" + nobody);
  }

  @Test
  void refusesExternalServerThatIsSilent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      assertRefused(
          "PostgreSQL at %s/shop cannot be reached: no answer within 5 s.".formatted(address),
          "--port=0",
          "--postgres=postgres://user:secret@%s/shop".formatted(address));
      assertRefused(
          "Redis at %s cannot be reached: no answer within 5 s.".formatted(address),
          "--port=0",
          "--redis=redis://:secret@" + address);
      assertRefused(
          "Kafka at %s cannot be reached: no answer within 5 s.".formatted(address),
          "--port=0",
          "--kafka=" + address);
    }
  }

  @Test
  void refusesPostgresThatDoesNotLetItIn() throws Exception {
    EmbeddedPostgres server = TestServers.postgres();
    assertRefused(
        "PostgreSQL at %s/nowhere cannot be reached: FATAL: database \"nowhere\" does not exist."
            .formatted(server.address()),
        "--port=0",
        "--postgres=postgres://%s:%s@%s/nowhere"
            .formatted(server.user(), server.password(), server.address()));
  }

  @Test
  void refusesPostgresWithoutALogicalLog() throws Exception {
    try (EmbeddedPostgres server =
        new EmbeddedPostgres(
            new Folders(folder.resolve("other"), Path.of("target/servers")),
            0,
            Map.of("wal_level", "replica", "fsync", "off"))) {
      server.start();
      assertRefused(
          "PostgreSQL at %s/postgres has wal_level=replica, and events need wal_level=logical."
              .formatted(server.address()),
          "--port=0",
          "--postgres=postgres://%s:%s@%s/postgres"
              .formatted(server.user(), server.password(), server.address()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edge  | Role edge cannot run without identity and shop in the same process yet; add it, or leave edge out.",
        "relay | Without role shop another process must run shop on the same servers; give both of them --postgres, --redis and --kafka.",
        "king  | There is no role \"king\"; the roles are edge, identity, shop, line, notify, relay, all.",
      })
  void refusesRolesThatWouldWorkOnlyInHalves(String roles, String sentence) throws Exception {
    assertRefused(sentence, "--port=0", "--roles=" + roles);
  }

  @Test
  void refusesUnknownOption() throws Exception {
    assertRefused("There is no option \"--prot=1\"; ./seonchak help lists them.", "--prot=1");
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
