package dev.seonchak.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder on a disk that is full, or too small. */
class FullDiskIT {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private boolean mounted;

  /** A disk of its own, in memory. */
  private Path disk(int megabytes) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    mounted =
        Files.getOwner(folder).getName().equals("root")
            && run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", disk) == 0;
    assumeTrue(mounted, "only root may mount a small disk to fill");
    return disk;
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", folder.resolve("disk"))).isZero();
    }
  }

  private static int run(Object... words) throws IOException, InterruptedException {
    List<String> command = Stream.of(words).map(Object::toString).toList();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void startsNothingOnADiskThatIsTooSmall() throws Exception {
    Path data = disk(120).resolve("data");
    try (var platform = Platform.start(data)) {
      assertThat(platform.exitCode()).isEqualTo(1);
      assertThat(platform.said())
          .matches(
              "The disk under "
                  + data
                  + " is full: 1[012][0-9] MB are free and 250 MB are needed\\.");
      assertThat(Platform.workingIn(data)).isEmpty();
    }
  }

  @Test
  void startsNothingOnAFullDiskAndFindsItsDataWhenThereIsRoomAgain() throws Exception {
    Path disk = disk(900);
    Path data = disk.resolve("data");
    try (var platform = Platform.start(data)) {
      platform.url();
    }
    Path ballast = disk.resolve("ballast");
    fill(ballast);
    try (var platform = Platform.start(data)) {
      assertThat(platform.exitCode()).isEqualTo(1);
      assertThat(platform.said())
          .isEqualTo("The disk under " + data + " is full: 0 MB are free and 40 MB are needed.");
      assertThat(Platform.workingIn(data)).isEmpty();
    }
    Files.delete(ballast);
    try (var platform = Platform.start(data)) {
      platform.url();
    }
  }

  @Test
  void bringsBackWhatEndedOnAFullDiskWhenThereIsRoomAgain() throws Exception {
    Path disk = disk(900);
    Path data = disk.resolve("data");
    Path ballast = disk.resolve("ballast");
    try (var platform = Platform.start(data)) {
      platform.url();
      fill(ballast);
      platform.killServer("redis-server");
      String full = "The disk under " + data + " is full: ";
      await().atMost(SOON).until(() -> platform.said().contains(full));
      Files.delete(ballast);
      await().atMost(SOON).until(() -> platform.said().lines().filter(this::isRedis).count() == 2);
    }
  }

  private boolean isRedis(String line) {
    return line.matches("redis +ready .*");
  }

  private static void fill(Path file) throws IOException {
    byte[] megabyte = new byte[1 << 20];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(megabyte);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
