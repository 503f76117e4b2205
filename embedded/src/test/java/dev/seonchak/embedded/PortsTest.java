package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({"5432,5432", "65535,65535", "65536,0", "-1,0", "'',0", "54x,0", "999999,0", ",0"})
  void readsAKeptPort(String text, int port) {
    assertThat(Ports.parse(text)).isEqualTo(port);
  }

  @Test
  void takesTheKeptPortWhileItIsFree() throws Exception {
    Path kept = temporary.resolve("port");
    int free = Ports.free();
    Ports.keep(kept, free);
    assertThat(Ports.choose(Part.REDIS, 0, kept)).isEqualTo(free);
    try (ServerSocket busy = new ServerSocket(free, 1, Ports.loopback())) {
      assertThat(Ports.choose(Part.REDIS, 0, kept)).isNotIn(0, busy.getLocalPort());
      assertThatThrownBy(() -> Ports.choose(Part.REDIS, free, kept))
          .isInstanceOf(CannotStart.class)
          .hasMessage("Port " + free + " for Redis is in use by another program.");
    }
  }
}
