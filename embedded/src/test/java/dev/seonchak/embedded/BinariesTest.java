package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
  @TempDir Path temporary;

  @Test
  void knowsWhereTheServersRun() {
    assertThatCode(() -> Binaries.requirePlatform("Linux", "amd64")).doesNotThrowAnyException();
    assertThatThrownBy(() -> Binaries.requirePlatform("Mac OS X", "aarch64"))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("The servers brought along run on Linux on x86-64 only");
  }

  @Test
  void unpacksOnceAndLeavesNothingHalfDone() throws IOException {
    Folders folders = Folders.in(temporary);
    Files.createDirectories(folders.binaries().resolve("unpacking-of-a-killed-run"));
    Path redis = Binaries.redis(folders);
    assertThat(redis.resolve("redis-server")).isExecutable();
    Object before = Files.getLastModifiedTime(redis.resolve("redis-server"));
    assertThat(Binaries.redis(folders)).isEqualTo(redis);
    assertThat(Files.getLastModifiedTime(redis.resolve("redis-server"))).isEqualTo(before);
  }
}
