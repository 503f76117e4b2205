package dev.seonchak.lab.processes;

import dev.seonchak.embedded.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bound of memory for a process and all that it starts, without swap, kept by the kernel: a
 * control group of either version (the second has not been tried yet). What they read and write of
 * files counts too, but the kernel takes that back before it refuses anything.
 *
 * <p>Names of files are those of the kernel's documentation, "Memory Resource Controller" (version
 * 1) and "Control Group v2".
 */
public final class Enclosure implements AutoCloseable {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final String OWN = "seonchak-lab-" + ProcessHandle.current().pid();

  private final Path group;
  private final Names names;

  /** Where each version keeps what. */
  private record Names(String limit, String peak, String anonymous, String kills) {
    static final Names V1 =
        new Names(
            "memory.limit_in_bytes",
            "memory.max_usage_in_bytes",
            "total_rss",
            "memory.oom_control");
    static final Names V2 = new Names("memory.max", "memory.peak", "anon", "memory.events");
  }

  /**
   * What the group has used.
   *
   * @param peakBytes the most at any time, pages of files included
   * @param anonymousBytes now, which cannot be taken back
   * @param kills of processes, because nothing could be taken back
   */
  public record Memory(long peakBytes, long anonymousBytes, long kills) {}

  private Enclosure(Path group, Names names) {
    this.group = group;
    this.names = names;
  }

  /**
   * @throws CannotStart where there are no control groups, or they are not ours to make
   */
  public static Enclosure of(long bytes) {
    boolean old = Files.isDirectory(GROUPS.resolve("memory"));
    Enclosure made =
        new Enclosure((old ? ofThisProcess() : GROUPS).resolve(OWN), old ? Names.V1 : Names.V2);
    try {
      Files.createDirectory(made.group);
      made.write(made.names.limit, Long.toString(bytes));
      made.write(old ? "memory.swappiness" : "memory.swap.max", "0");
      return made;
    } catch (IOException e) {
      made.close();
      throw new CannotStart(
          "A bound of memory cannot be set here (%s): it needs root and Linux control groups."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Below it a bound that is set already goes on to hold. */
  private static Path ofThisProcess() {
    Path all = GROUPS.resolve("memory");
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        String[] words = line.split(":", 3);
        if (words.length == 3 && words[1].equals("memory")) {
          Path own = Path.of(all + words[2]);
          return Files.isDirectory(own) ? own : all;
        }
      }
    } catch (IOException e) {
      // In a container the file may name a folder that is not to be seen from inside.
    }
    return all;
  }

  /** The command that enters first and then becomes the given one. */
  public List<String> around(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", file("cgroup.procs").toString()));
    all.addAll(command);
    return all;
  }

  public Memory memory() throws IOException {
    return new Memory(
        Long.parseLong(Files.readString(file(names.peak)).strip()),
        number("memory.stat", names.anonymous),
        number(names.kills, "oom_kill"));
  }

  /** The number behind a word at the beginning of a line. */
  private long number(String name, String key) throws IOException {
    for (String line : Files.readAllLines(file(name))) {
      if (line.startsWith(key + " ")) {
        return Long.parseLong(line.substring(key.length() + 1).strip());
      }
    }
    throw new IOException("there is no " + key + " in " + file(name));
  }

  private Path file(String name) {
    return group.resolve(name);
  }

  private void write(String name, String value) throws IOException {
    Files.writeString(file(name), value);
  }

  /** Once all processes in it have ended; until then the kernel keeps it. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(group);
    } catch (IOException e) {
      System.err.println("The control group " + group + " could not be removed: " + e.getMessage());
    }
  }
}
