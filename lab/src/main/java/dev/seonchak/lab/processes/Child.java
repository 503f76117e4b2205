package dev.seonchak.lab.processes;

import dev.seonchak.lab.load.Cost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java process of the run, and what it costs. */
public final class Child implements AutoCloseable {
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  /** What the launcher gives the platform; the same for everything that is compared with it. */
  private static final List<String> SERVER_OPTIONS =
      List.of(
          "-Xms64m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  public static Child start(List<String> options, List<String> words, Path log) throws IOException {
    return start(UnaryOperator.identity(), options, words, log);
  }

  private static Child start(
      UnaryOperator<List<String>> around, List<String> options, List<String> words, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(words);
    return new Child(
        new ProcessBuilder(around.apply(command))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** A main class of the lab itself, with the server's options. */
  public static Child server(Class<?> main, List<String> words, Path log) throws IOException {
    return start(SERVER_OPTIONS, ofLab(main, words), log);
  }

  /**
   * A jar, with the server's options and more.
   *
   * @param around what the command becomes, which must end as the same process
   */
  public static Child server(
      UnaryOperator<List<String>> around, Path jar, List<String> more, List<String> words, Path log)
      throws IOException {
    List<String> options = new ArrayList<>(SERVER_OPTIONS);
    options.addAll(more);
    List<String> all = new ArrayList<>(List.of("-jar", jar.toString()));
    all.addAll(words);
    return start(around, options, all, log);
  }

  public static List<String> ofLab(Class<?> main, List<String> words) {
    List<String> all =
        new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    all.addAll(words);
    return all;
  }

  /** Reads what it prints until a line matches, and forgets what comes later. */
  public Matcher await(Pattern pattern) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        Thread.ofVirtual().start(this::forget);
        return matcher;
      }
    }
    throw new IOException("a process ended before it was ready");
  }

  private void forget() {
    try {
      while (output.readLine() != null) {
        // A full pipe would stop the process.
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  /** Sends one line and waits for the line that answers it. */
  public String ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    String answer = output.readLine();
    if (answer == null) {
      throw new IOException("a process ended; its reason stands in its log");
    }
    return answer;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** What it and its servers cost from now on. */
  public Cost cost() {
    return Cost.begin(process.toHandle());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      output.close();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
