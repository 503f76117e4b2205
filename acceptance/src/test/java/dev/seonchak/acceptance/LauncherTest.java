package dev.seonchak.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on machines that are not as they should be. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "seonchak").toAbsolutePath().normalize();

  /** All that it may call, so that nothing that this machine has installed is found by chance. */
  private static final List<String> TOOLS =
      List.of("bash", "dirname", "readlink", "sed", "find", "mktemp", "rm", "cat", "touch");

  @TempDir private Path folder;
  private Path path;

  /** What a run came to. */
  private record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    path = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      Path found =
          Arrays.stream(System.getenv("PATH").split(":", -1))
              .map(each -> Path.of(each, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException(tool + " is missing"));
      Files.createSymbolicLink(path.resolve(tool), found);
    }
    says(path.resolve("uname"), "[ \"$1\" = -s ] && echo Linux || echo x86_64");
    Files.copy(LAUNCHER, folder.resolve("seonchak"));
  }

  private static void says(Path program, String script) throws IOException {
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A folder that looks like a JDK, whose java says where it is. */
  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve("jdks").resolve(name);
    says(home.resolve("bin/javac"), "exit 1");
    says(home.resolve("bin/java"), "echo \"java of " + name + "\"; echo \"$*\"");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** Leaves nothing to build. */
  private void built() throws IOException {
    Path run = Files.createDirectories(folder.resolve("app/target/run"));
    Files.createFile(folder.resolve("pom.xml"));
    Files.createFile(run.resolve("built"));
  }

  private Run run(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(path.resolve("bash").toString());
    command.add(folder.resolve("seonchak").toString());
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", path.toString(), "HOME", folder.toString()));
    builder.environment().put("SEONCHAK_JDKS", folder + "/jdks/*");
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    return new Run(process.waitFor(), read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Test
  void saysHowToGetAJdkWhenThereIsNoneThatWillDo() throws Exception {
    Path old = jdk("jdk-17", "17.0.9");
    built();
    Run run = run(Map.of("JAVA_HOME", old.toString()), "up");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("seonchak: needs a JDK 25 or newer and found none; install one, ")
        .hasLineCount(1);
  }

  @Test
  void takesTheOldestInstalledJdkThatWillDo() throws Exception {
    Path old = jdk("jdk-17", "17.0.9");
    jdk("jdk-27", "27");
    jdk("jdk-25", "25.0.3");
    built();
    Run run = run(Map.of("JAVA_HOME", old.toString()), "up", "--port", "9000");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("java of jdk-25\n").contains("--port 9000");
  }

  @Test
  void takesTheJdkThatItIsTold() throws Exception {
    jdk("jdk-25", "25.0.3");
    Path told = jdk("jdk-26", "26.0.1");
    built();
    assertThat(run(Map.of("JAVA_HOME", told.toString()), "up").out())
        .startsWith("java of jdk-26\n");
  }

  @Test
  void refusesOtherPlatforms() throws Exception {
    jdk("jdk-25", "25.0.3");
    built();
    says(path.resolve("uname"), "[ \"$1\" = -s ] && echo Darwin || echo arm64");
    Run run = run(Map.of(), "up");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "seonchak: the bundled servers run on Linux x86_64 only, and this is Darwin arm64; use a Linux machine.\n");
  }

  @Test
  void saysThatMavenIsMissingWhenThereIsSomethingToBuild() throws Exception {
    jdk("jdk-25", "25.0.3");
    Run run = run(Map.of(), "up");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("seonchak: needs Maven 3.8 or newer and found no mvn on the path");
    assertThat(folder.resolve("app/target/run")).doesNotExist();
  }

  @Test
  void showsItsUsageForWhatItDoesNotKnow() throws Exception {
    Run run = run(Map.of(), "upp");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("./seonchak up ").endsWith("there is no command upp.\n");
    Run asked = run(Map.of(), "up", "--help");
    assertThat(asked.exitCode()).isZero();
    assertThat(asked.out()).contains("./seonchak up ");
  }
}
