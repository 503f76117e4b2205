package dev.seonchak.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lab says when it cannot do what it was asked for. */
class LabTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private int run(String... words) {
    return Lab.run(
        List.of(words), Clock.systemUTC(), new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsItsUsageForWhatItDoesNotKnow() {
    assertThat(run("htp")).isEqualTo(2);
    assertThat(said())
        .startsWith("lab: there is no \"htp\" in the lab\n")
        .contains("--workloads hot-item,aged");
  }

  @Test
  void tellsAFailureInOneSentenceAndItsPlaceOnlyWhenAsked() throws Exception {
    // A file where a folder has to be.
    String file = Files.createFile(folder.resolve("file")).resolve("data").toString();
    assertThat(run("--quick", "--data", file)).isEqualTo(1);
    assertThat(said()).startsWith("lab: unexpected ").contains(file).hasLineCount(1);
    said.reset();
    assertThat(run("--verbose", "--data", file)).isEqualTo(1);
    assertThat(said()).contains(file, "\tat dev.seonchak.lab.");
  }
}
