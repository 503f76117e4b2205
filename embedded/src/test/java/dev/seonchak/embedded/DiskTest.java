package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
  @TempDir Path temporary;

  @Test
  void makesUpAPasswordOnceAndKeepsItPrivate() throws IOException {
    Path file = temporary.resolve("password");
    String first = Disk.password(file);
    assertThat(first).matches("[0-9a-f]{48}");
    assertThat(Disk.password(file)).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Disk.password(temporary.resolve("another"))).isNotEqualTo(first);
  }

  @Test
  void saysInOneSentenceWhatIsWrong() {
    Path data = Path.of("/data");
    assertThat(
            Disk.cannotWrite(data, new FileSystemException("x", null, "No space left on device")))
        .hasMessage("The disk under /data is full.");
    assertThat(Disk.cannotWrite(data, new FileSystemException("x", null, "Read-only file system")))
        .hasMessage("The data folder /data is on a disk that is mounted read-only.");
    assertThat(Disk.cannotWrite(data, new AccessDeniedException("/data/lock")))
        .hasMessage("The data folder /data is not writable for this user (/data/lock).");
  }

  @Test
  void refusesAFileInPlaceOfTheDataFolder() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> Disk.dataFolder(file))
        .isInstanceOf(CannotStart.class)
        .hasMessage("The data folder " + file + " is not a folder.");
    assertThatThrownBy(() -> Disk.dataFolder(file.resolve("below")))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("is not a folder");
  }

  @Test
  void deletesATreeAndFollowsNoLink() throws IOException {
    Path outside = Files.createDirectories(temporary.resolve("outside/kept"));
    Path tree = Files.createDirectories(temporary.resolve("tree/a/b"));
    Files.createSymbolicLink(tree.resolve("link"), outside);
    Disk.deleteTree(temporary.resolve("tree"));
    assertThat(temporary.resolve("tree")).doesNotExist();
    assertThat(outside).exists();
    Disk.deleteTree(temporary.resolve("tree"));
  }
}
