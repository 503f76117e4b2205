package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All about users, so it needs root. */
class RunAsIT {
  @TempDir Path temporary;

  @BeforeEach
  void needsRoot() {
    assumeThat(RunAs.isRoot()).isTrue();
  }

  private Folders folders() {
    return new Folders(temporary.resolve("data"), Path.of("target/servers"));
  }

  private EmbeddedServers servers() {
    return new EmbeddedServers(
        ServerPlan.all(folders())
            .only(EnumSet.of(Part.POSTGRES, Part.REDIS))
            .withSettings(Part.POSTGRES, Map.of("fsync", "off")));
  }

  private void startsWritesAndFindsAgain() throws Exception {
    try (EmbeddedServers servers = servers()) {
      servers.start(started -> {});
      Content.writePostgres(servers.postgres());
    }
    try (EmbeddedServers servers = servers()) {
      servers.start(started -> {});
      Content.assertPostgresKept(servers.postgres());
    }
  }

  private Object ownerOfData() throws IOException {
    return Files.getAttribute(folders().of(Part.POSTGRES).resolve("data"), "unix:uid");
  }

  @Test
  void stepsDownToNobodyWhereEverybodyMayEnter() throws Exception {
    Disk.mode(temporary, "rwxr-xr-x");
    startsWritesAndFindsAgain();
    assertThat(folders().data().resolve("runs-as")).hasContent("nobody");
    assertThat(ownerOfData()).isEqualTo(65534);
  }

  @Test
  void worksUnderAFolderThatOnlyRootMayEnter() throws Exception {
    Disk.mode(temporary, "rwx------");
    startsWritesAndFindsAgain();
    assertThat(folders().data().resolve("runs-as")).hasContent("unshared");
    assertThat(ownerOfData()).isEqualTo(0);
    // The choice stays when the folder opens up later.
    Disk.mode(temporary, "rwxr-xr-x");
    try (EmbeddedServers servers = servers()) {
      servers.start(started -> {});
      Content.assertPostgresKept(servers.postgres());
    }
  }

  @Test
  void refusesDataThatItsOwnerCannotReachAnyMore() throws Exception {
    Disk.mode(temporary, "rwxr-xr-x");
    try (EmbeddedServers servers = servers()) {
      servers.start(started -> {});
    }
    Disk.mode(temporary, "rwx------");
    try (EmbeddedServers servers = servers()) {
      assertThatThrownBy(() -> servers.start(started -> {}))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("ran as nobody, who cannot reach it");
    }
  }

  @Test
  void worksAsAnOrdinaryUserAndIsThenRefusedToRoot() throws Exception {
    Disk.mode(temporary, "rwxr-xr-x");
    Path home = Files.createDirectory(temporary.resolve("home"));
    Files.setAttribute(home, "unix:uid", 1234);
    List<String> asUser = List.of("setpriv", "--reuid=1234", "--regid=1234", "--clear-groups");
    boolean reached =
        run("setpriv", "--reuid=1234", "--regid=1234", "--clear-groups", "test", "-x", shared())
            == 0;
    Path binaries = reached ? Path.of("target/servers") : home.resolve("servers");
    Folders theirs = new Folders(home.resolve("data"), binaries);
    String classPath = readableClassPath();
    for (String task : List.of("write-database", "look-database")) {
      Runner runner = Runner.start(asUser, classPath, theirs, task);
      assertThat(runner.firstLine()).isEqualTo("ready");
      assertThat(runner.end()).isZero();
    }
    try (EmbeddedServers servers = new EmbeddedServers(ServerPlan.all(theirs))) {
      assertThatThrownBy(() -> servers.start(started -> {}))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("start as that user, not as root");
    }
  }

  private static String shared() throws IOException {
    return Binaries.postgres(Folders.in(Path.of("target").toAbsolutePath())).toString();
  }

  /** The local repository of root is not for others' eyes, so they get a copy. */
  private String readableClassPath() throws IOException {
    Path copies = Files.createDirectory(temporary.resolve("class path"));
    Disk.mode(copies, "rwxr-xr-x");
    List<String> entries = new ArrayList<>();
    for (String entry :
        Pattern.compile(":").splitAsStream(System.getProperty("java.class.path")).toList()) {
      Path original = Path.of(entry);
      Path copy = copies.resolve(entries.size() + "-" + original.getFileName());
      if (Files.isDirectory(original)) {
        copyTree(original, copy);
      } else if (Files.exists(original)) {
        linkOrCopy(original, copy);
      }
      entries.add(copy.toString());
    }
    return String.join(":", entries);
  }

  private static void linkOrCopy(Path original, Path copy) throws IOException {
    try {
      Files.createLink(copy, original);
    } catch (FileSystemException e) {
      Files.copy(original, copy);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        Files.copy(each, target);
        Disk.mode(target, "rwxr-xr-x");
      }
    }
  }

  @Test
  void refusesAFullDisk() throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk.toString())).isZero();
    try (EmbeddedServers servers =
        new EmbeddedServers(ServerPlan.all(Folders.in(disk.resolve("data"))))) {
      assertThatThrownBy(() -> servers.start(started -> {}))
          .isInstanceOf(CannotStart.class)
          .hasMessageMatching(
              "The disk under .* is full: \\d+ MB are free and 250 MB are needed\\.");
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).start().waitFor();
  }
}
