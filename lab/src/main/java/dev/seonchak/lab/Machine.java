package dev.seonchak.lab;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where and from what a figure comes, without which it is none.
 *
 * @param commit of the checkout, with {@code +} when files differ from it
 * @param loadBefore the system's load average over a minute when the run began
 */
record Machine(
    String processor,
    int cores,
    long memoryMegabytes,
    String kernel,
    String jdk,
    List<String> jvmOptions,
    List<String> servers,
    String commit,
    String command,
    String at,
    double loadBefore) {

  /**
   * @param servers names and versions
   * @param command as one would type it to repeat the run
   * @param at when, as RFC 3339
   */
  static Machine here(List<String> servers, String command, String at, double loadBefore) {
    return new Machine(
        firstAfterColon("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(firstAfterColon("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 10,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        servers,
        checkout(),
        command,
        at,
        loadBefore);
  }

  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String firstAfterColon(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException e) {
      return "0";
    }
  }

  private static String checkout() {
    String commit = git("rev-parse", "--short=12", "HEAD");
    boolean changed =
        !git("status", "--porcelain", "--untracked-files=no", "--", ":!lab/results").isEmpty();
    return commit.isEmpty() ? "unknown" : commit + (changed ? "+" : "");
  }

  private static String git(String... words) {
    try {
      List<String> command = new ArrayList<>(List.of("git"));
      command.addAll(List.of(words));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? said : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
