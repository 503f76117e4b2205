package dev.seonchak.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** The servers in a process of their own, which a test can kill. */
final class Runner {
  private final Process process;
  private final String firstLine;

  private Runner(Process process, String firstLine) {
    this.process = process;
    this.firstLine = firstLine;
  }

  /** What the process does: start, write or look, say so, and stop when its input ends. */
  public static void main(String[] arguments) throws Exception {
    Folders folders = new Folders(Path.of(arguments[0]), Path.of(arguments[1]));
    ServerPlan plan = ServerPlan.all(folders).withSettings(Part.POSTGRES, Map.of("fsync", "off"));
    if (arguments[2].endsWith("-database")) {
      plan = plan.only(EnumSet.of(Part.POSTGRES, Part.REDIS));
    }
    try (EmbeddedServers servers = new EmbeddedServers(plan)) {
      servers.start(started -> {});
      switch (arguments[2]) {
        case "write" -> Content.write(servers);
        case "look" -> Content.assertKept(servers);
        case "write-database" -> Content.writePostgres(servers.postgres());
        case "look-database" -> Content.assertPostgresKept(servers.postgres());
        default -> throw new IllegalArgumentException(arguments[2]);
      }
      System.out.println("ready");
      while (System.in.read() >= 0) {}
    } catch (CannotStart e) {
      System.out.println(e.getMessage());
    }
  }

  static Runner start(Folders folders, String task) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), folders, task);
  }

  static Runner start(List<String> before, String classPath, Folders folders, String task)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath, Runner.class.getName()));
    command.add(folders.data().toString());
    command.add(folders.binaries().toAbsolutePath().toString());
    command.add(task);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null && line.startsWith("WARNING")) {
      line = output.readLine();
    }
    return new Runner(process, String.valueOf(line));
  }

  /** "ready", or why it could not start. */
  String firstLine() {
    return firstLine;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends in order; the exit code. */
  int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor();
  }
}
