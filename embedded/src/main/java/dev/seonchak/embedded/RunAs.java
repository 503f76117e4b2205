package dev.seonchak.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As whom the child processes run. PostgreSQL refuses to run as root. Files already written belong
 * to somebody, so the choice is made once for a data folder and never changed.
 */
enum RunAs {
  /** As the user who runs this process. */
  SAME_USER,
  /** Root steps down to the user "nobody", who owns the servers' folders. */
  NOBODY,
  /**
   * Root without root's rights: in a user namespace of its own it is nobody in particular, but the
   * files still belong to it. Needed below folders that only root may enter.
   */
  UNSHARED;

  private static final int NOBODY_ID = 65534;

  /** The kept choice for this data folder, or a new one. */
  static synchronized RunAs choose(Folders folders) throws IOException {
    Path file = folders.data().resolve("runs-as");
    String kept = Disk.readIfThere(file);
    RunAs choice = kept == null ? firstThatWorks(folders) : parse(kept, folders.data());
    if (kept == null) {
      Disk.writePrivately(file, choice.name().toLowerCase(Locale.ROOT) + "\n");
    } else if (choice != SAME_USER && !choice.reaches(folders)) {
      throw new CannotStart(
          "The data in %s was written by servers that ran as %s, who cannot reach it or %s any more."
              .formatted(folders.data(), kept, folders.binaries()));
    }
    return choice;
  }

  private static RunAs parse(String kept, Path data) {
    RunAs choice;
    try {
      choice = valueOf(kept.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new CannotStart("The file " + data.resolve("runs-as") + " is damaged.", e);
    }
    if (isRoot() && choice == SAME_USER) {
      throw new CannotStart(
          "The data in " + data + " belongs to an ordinary user: start as that user, not as root.");
    }
    if (!isRoot() && choice != SAME_USER) {
      throw new CannotStart(
          "The data in " + data + " was written by root: start as root, or choose another folder.");
    }
    return choice;
  }

  private static RunAs firstThatWorks(Folders folders) throws IOException {
    if (!isRoot()) {
      return SAME_USER;
    }
    for (RunAs candidate : List.of(NOBODY, UNSHARED)) {
      if (candidate.reaches(folders)) {
        return candidate;
      }
    }
    throw new CannotStart(
        "PostgreSQL does not run as root, and neither the user nobody nor a user namespace can"
            + " enter "
            + folders.data()
            + ": choose another data folder or start as an ordinary user.");
  }

  /** Tries it, since modes, access lists and container rules all have a say. */
  private boolean reaches(Folders folders) throws IOException {
    List<String> command =
        command(
            List.of(
                "/bin/sh",
                "-c",
                "cd \"$0\" && cd \"$1\"",
                folders.data().toString(),
                folders.binaries().toString()));
    return ChildProcess.run(command, folders.data(), Duration.ofSeconds(20)).exitCode() == 0;
  }

  /** The command, wrapped so that it runs as this user, apart from our terminal. */
  List<String> command(List<String> inner) {
    List<String> command = new ArrayList<>();
    // In a session of its own a child does not hear Ctrl-C in our terminal: it is stopped in order.
    onPath("setsid").ifPresent(tool -> command.add(tool.toString()));
    Optional<Path> setpriv = onPath("setpriv");
    if (this == UNSHARED) {
      command.add(required("unshare").toString());
      command.add("-U");
    }
    if (this == NOBODY) {
      command.add(required("setpriv").toString());
      command.addAll(List.of("--reuid=" + NOBODY_ID, "--regid=" + NOBODY_ID, "--clear-groups"));
    } else {
      setpriv.ifPresent(tool -> command.add(tool.toString()));
    }
    // The kernel asks the child to stop when we are killed. SIGINT is PostgreSQL's fast shutdown,
    // and Redis saves and ends on it too.
    if (setpriv.isPresent()) {
      command.addAll(List.of("--pdeathsig", "INT"));
    }
    command.addAll(inner);
    return command;
  }

  /** Hands a file or folder to whom the servers run as. */
  void own(Path path) throws IOException {
    if (this == NOBODY) {
      Files.setAttribute(path, "unix:uid", NOBODY_ID);
      Files.setAttribute(path, "unix:gid", NOBODY_ID);
    }
  }

  static boolean isRoot() {
    try {
      // The second number is the effective user.
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .anyMatch(line -> line.matches("Uid:\\s+[0-9]+\\s+0\\s.*"));
    } catch (IOException e) {
      throw new IllegalStateException("/proc cannot be read", e);
    }
  }

  private static Path required(String tool) {
    return onPath(tool)
        .orElseThrow(() ->
            new CannotStart(
                "The program "
                    + tool
                    + " (package util-linux) is needed to start PostgreSQL as root, and is"
                    + " missing."));
  }

  static Optional<Path> onPath(String tool) {
    @Nullable String path = System.getenv("PATH");
    String usual = "/usr/bin:/bin:/usr/sbin:/sbin";
    return Pattern.compile(":")
        .splitAsStream(path == null ? usual : path + ":" + usual)
        .map(folder -> Path.of(folder, tool))
        .filter(candidate -> candidate.isAbsolute() && Files.isExecutable(candidate))
        .findFirst();
  }
}
