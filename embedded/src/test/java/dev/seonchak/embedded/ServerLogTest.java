package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
  @TempDir Path temporary;

  private void print(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  @Test
  void givesTheFirstFatalLineSinceTheMark() throws IOException {
    Path file = temporary.resolve("postgres.log");
    ServerLog log = ServerLog.open(file);
    print(file, "2026 [1] FATAL:  of an earlier run\n");
    log.mark();
    assertThat(log.reason()).isEqualTo("it printed nothing");
    print(file, "2026 [1] LOG:  starting\n2026 [1] FATAL:  could not create shared memory\n");
    print(file, "2026 [1] LOG:  shut down\n");
    assertThat(log.reason()).isEqualTo("could not create shared memory");
    assertThat(log.says("starting")).isTrue();
    assertThat(log.says("earlier")).isFalse();
  }

  @Test
  void givesTheLastLineWhenNoneIsFatal() throws IOException {
    Path file = temporary.resolve("redis.log");
    ServerLog log = ServerLog.open(file);
    print(file, "first\nlast\n");
    assertThat(log.reason()).isEqualTo("last");
  }

  @Test
  void putsABigLogAside() throws IOException {
    Path file = temporary.resolve("redis.log");
    Files.write(file, new byte[(10 << 20) + 1]);
    ServerLog.open(file);
    assertThat(file).isEmptyFile();
    assertThat(temporary.resolve("redis.log.old")).hasSize((10 << 20) + 1);
  }
}
