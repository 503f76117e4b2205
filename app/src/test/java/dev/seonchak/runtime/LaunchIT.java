package dev.seonchak.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
