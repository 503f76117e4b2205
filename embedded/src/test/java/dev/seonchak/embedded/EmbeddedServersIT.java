package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {
  private static final Path BINARIES = Path.of("target/servers");

  @TempDir Path temporary;

  @AfterEach
  void leavesNoProcess() throws IOException {
    assertThat(processes()).isEmpty();
  }

  private List<Long> processes() throws IOException {
    List<Long> all =
        new ArrayList<>(LeftBehind.in(folders().of(Part.POSTGRES).resolve("data"), "postgres"));
    all.addAll(LeftBehind.in(folders().of(Part.REDIS).resolve("data"), "redis-server"));
    return all;
  }

  private Folders folders() {
    return new Folders(temporary.resolve("data folder"), BINARIES);
  }

  /** Only processes are killed here, never the machine, so the disk need not be waited for. */
  private ServerPlan quick() {
    return ServerPlan.all(folders()).withSettings(Part.POSTGRES, Map.of("fsync", "off"));
  }

  private EmbeddedServers all() {
    return new EmbeddedServers(quick());
  }

  private EmbeddedServers asInProduction() {
    return new EmbeddedServers(ServerPlan.all(folders()));
  }

  @Test
  void startsAndKeepsData() throws Exception {
    List<PartStarted> first = new ArrayList<>();
    try (EmbeddedServers servers = asInProduction()) {
      servers.start(first::add);
      Content.write(servers);
    }
    List<PartStarted> second = new ArrayList<>();
    try (EmbeddedServers servers = asInProduction()) {
      servers.start(second::add);
      Content.assertKept(servers);
    }
    assertThat(first).extracting(PartStarted::part).containsExactlyInAnyOrder(Part.values());
    assertThat(second)
        .extracting(PartStarted::address)
        .containsExactlyInAnyOrderElementsOf(first.stream().map(PartStarted::address).toList());
  }

  @Test
  void repairsAfterAKillOfTheWholeProcess() throws Exception {
    Runner killed = Runner.start(folders(), "write");
    assertThat(killed.firstLine()).isEqualTo("ready");
    killed.kill();
    if (RunAs.onPath("setpriv").isPresent()) {
      assertThat(LeftBehind.within(Duration.ofSeconds(60), this::noProcess))
          .as("the servers hear of the death of their process")
          .isTrue();
    }
    Runner next = Runner.start(folders(), "look");
    assertThat(next.firstLine()).isEqualTo("ready");
    assertThat(next.end()).isZero();
  }

  private boolean noProcess() {
    try {
      return processes().isEmpty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void repairsAfterAKillOfEachPart() throws Exception {
    BlockingQueue<String> told = new ArrayBlockingQueue<>(10);
    try (EmbeddedServers servers = all()) {
      servers.start(started -> {});
      Content.write(servers);
      // Redis writes its file once a second, and is asked here to have done so.
      Content.flushRedis(servers.redis());
      servers.onExit(told::add);
      LeftBehind.kill(processes());
      List<String> both = List.of(await(told), await(told));
      assertThat(both)
          .containsExactlyInAnyOrder(
              "PostgreSQL 18.6 has ended with exit code 137.",
              "Redis 7.0.15 has ended with exit code 137.");
      assertThat(servers.postgres().isAlive()).isFalse();
      assertThat(servers.redis().isAlive()).isFalse();
    }
    try (EmbeddedServers servers = all()) {
      servers.start(started -> {});
      Content.assertKept(servers);
    }
  }

  @Test
  void restartsWhatEndsOnItsOldPort() throws Exception {
    BlockingQueue<String> lost = new ArrayBlockingQueue<>(10);
    BlockingQueue<String> back = new ArrayBlockingQueue<>(10);
    try (EmbeddedServers servers = all()) {
      List<String> first = new ArrayList<>();
      servers.start(started -> first.add(started.name() + " on " + started.address()));
      Content.write(servers);
      Content.flushRedis(servers.redis());
      servers.restartWhatEnds(
          lost::add, started -> back.add(started.name() + " on " + started.address()));
      LeftBehind.kill(processes());
      assertThatThrownBy(() -> Exit.halt(1, "all disks have failed"))
          .isInstanceOf(IllegalStateException.class);
      assertThat(List.of(await(lost), await(lost), await(lost)))
          .containsExactlyInAnyOrder(
              "PostgreSQL 18.6 has ended with exit code 137.",
              "Redis 7.0.15 has ended with exit code 137.",
              "Kafka has given up with status 1: all disks have failed.");
      assertThat(List.of(await(back), await(back), await(back)))
          .containsExactlyInAnyOrderElementsOf(first);
      Content.assertKept(servers);
    }
  }

  @Test
  void restartsWhatEndedBeforeAnybodyListened() throws Exception {
    BlockingQueue<String> told = new ArrayBlockingQueue<>(10);
    try (EmbeddedServers servers = onlyPostgres()) {
      CountDownLatch ended = new CountDownLatch(1);
      servers.onExit(sentence -> ended.countDown());
      servers.start(started -> {});
      LeftBehind.kill(processes());
      assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
      servers.restartWhatEnds(told::add, back -> told.add(back.name()));
      assertThat(await(told)).contains("has ended");
      assertThat(await(told)).isEqualTo("PostgreSQL 18.6");
    }
  }

  @Test
  void leavesDownWhatEndsAgainAndAgain() throws Exception {
    BlockingQueue<String> told = new ArrayBlockingQueue<>(20);
    try (EmbeddedServers servers = new EmbeddedServers(quick().only(EnumSet.of(Part.REDIS)))) {
      servers.start(started -> {});
      servers.restartWhatEnds(told::add, back -> told.add(back.name()));
      for (int i = 0; i < 5; i++) {
        LeftBehind.kill(processes());
        assertThat(await(told)).contains("has ended");
        assertThat(await(told)).isEqualTo("Redis 7.0.15");
      }
      LeftBehind.kill(processes());
      assertThat(await(told)).contains("has ended");
      assertThat(await(told)).isEqualTo("Redis 7.0.15 ends again and again, and is left down.");
    }
  }

  @Test
  void stopsWhatIsBeingRestarted() throws Exception {
    for (int round = 0; round < 3; round++) {
      CountDownLatch lost = new CountDownLatch(2);
      EmbeddedServers servers =
          new EmbeddedServers(quick().only(EnumSet.of(Part.POSTGRES, Part.REDIS)));
      servers.start(started -> {});
      servers.restartWhatEnds(sentence -> lost.countDown(), back -> {});
      LeftBehind.kill(processes());
      assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
      servers.close();
      assertThat(processes()).isEmpty();
    }
  }

  private static String await(BlockingQueue<String> told) throws InterruptedException {
    String next = told.poll(60, TimeUnit.SECONDS);
    assertThat(next).as("told in time").isNotNull();
    return next;
  }

  private EmbeddedServers onlyPostgres() {
    return new EmbeddedServers(quick().only(EnumSet.of(Part.POSTGRES)));
  }

  @Test
  void endsServersThatAKilledProcessLeftRunning() throws Exception {
    EnumSet<Part> parts = EnumSet.of(Part.POSTGRES, Part.REDIS);
    try (EmbeddedServers servers = new EmbeddedServers(quick().only(parts))) {
      servers.start(started -> {});
      Content.writePostgres(servers.postgres());
      Content.writeRedis(servers.redis());
    }
    List<Process> orphans = List.of(orphanPostgres(), orphanRedis());
    try (EmbeddedServers servers = new EmbeddedServers(quick().only(parts))) {
      servers.start(started -> {});
      assertThat(orphans).noneMatch(Process::isAlive);
      Content.assertPostgresKept(servers.postgres());
      assertThat(Content.readRedis(servers.redis())).isEqualTo("hello");
    }
  }

  private Process orphanPostgres() throws IOException {
    Path data = folders().of(Part.POSTGRES).resolve("data");
    Path program = Binaries.postgres(folders().absolute()).resolve("bin/postgres");
    Process process = asServersRun(data, program.toString(), "-D", data.toString());
    assertThat(
            LeftBehind.within(
                Duration.ofSeconds(60), () -> contains(data.resolve("postmaster.pid"), "ready")))
        .isTrue();
    return process;
  }

  private Process orphanRedis() throws IOException {
    Path folder = folders().of(Part.REDIS);
    Path program = Binaries.redis(folders().absolute()).resolve("redis-server");
    String settings = folder.resolve("redis.conf").toString();
    Process process = asServersRun(folder.resolve("data"), program.toString(), settings);
    int port = Ports.parse(Disk.readIfThere(folder.resolve("port")));
    assertThat(LeftBehind.within(Duration.ofSeconds(60), () -> !Ports.isFree(port))).isTrue();
    return process;
  }

  /** Below a test's temporary folder, root needs a user namespace of its own. */
  private static Process asServersRun(Path folder, String... command) throws IOException {
    List<String> all = new ArrayList<>(RunAs.isRoot() ? List.of("unshare", "-U") : List.of());
    all.addAll(List.of(command));
    return new ProcessBuilder(all)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void refusesABusyPortAndStartsNothing() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, Ports.loopback());
        EmbeddedServers servers =
            new EmbeddedServers(quick().withPort(Part.REDIS, busy.getLocalPort()))) {
      assertThatThrownBy(() -> servers.start(started -> {}))
          .isInstanceOf(CannotStart.class)
          .hasMessage("Port " + busy.getLocalPort() + " for Redis is in use by another program.");
      assertThat(processes()).isEmpty();
      assertThat(servers.kafka().isAlive()).isFalse();
    }
  }

  @Test
  void refusesTheDataFolderOfARunningOne() throws Exception {
    String inUse =
        "The data folder "
            + folders().absolute().data()
            + " is in use by another running seonchak.";
    try (EmbeddedServers servers = onlyPostgres();
        EmbeddedServers second = onlyPostgres()) {
      servers.start(started -> {});
      assertThatThrownBy(() -> second.start(started -> {}))
          .isInstanceOf(CannotStart.class)
          .hasMessage(inUse);
      Runner another = Runner.start(folders(), "write");
      assertThat(another.firstLine()).isEqualTo(inUse);
      another.end();
      assertThat(servers.postgres().isAlive()).isTrue();
    }
  }

  @Test
  void refusesDataOfANewerPostgres() throws Exception {
    try (EmbeddedServers servers = onlyPostgres()) {
      servers.start(started -> {});
    }
    Path data = folders().absolute().of(Part.POSTGRES).resolve("data");
    Files.writeString(data.resolve("PG_VERSION"), "19\n");
    try (EmbeddedServers servers = onlyPostgres()) {
      assertThatThrownBy(() -> servers.start(started -> {}))
          .isInstanceOf(CannotStart.class)
          .hasMessage(
              "The data in " + data + " was written by PostgreSQL 19, and this is PostgreSQL 18.");
    }
  }

  @Test
  void stopsWhatIsStillStarting() throws Exception {
    EmbeddedServers servers = all();
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch firstIsUp = new CountDownLatch(1);
    Thread.ofPlatform()
        .start(() -> {
          try {
            servers.start(started -> firstIsUp.countDown());
          } catch (CannotStart e) {
            ended.countDown();
          }
        });
    assertThat(firstIsUp.await(60, TimeUnit.SECONDS)).isTrue();
    servers.close();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(processes()).isEmpty();
  }
}
