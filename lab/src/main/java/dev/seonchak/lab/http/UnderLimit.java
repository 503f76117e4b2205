package dev.seonchak.lab.http;

import dev.seonchak.lab.Progress;
import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.processes.Child;
import dev.seonchak.lab.processes.Enclosure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The whole platform under a bound of memory that the kernel keeps: first as many holds as it can,
 * then half as many for minutes. The load runs outside.
 */
public final class UnderLimit implements AutoCloseable {
  private static final int WARM_UPS = 6;
  private static final int PEAKS = 3;
  private static final double PEAK_SECONDS = 5;
  private static final int PART_SECONDS_MAX = 15;

  private final Conditions conditions;
  private final Path folder;
  private final Enclosure enclosure;
  private final Platform platform;
  private final List<String> findings = new ArrayList<>();
  private final List<HoldsCheck.Held> held = new ArrayList<>();
  private long anonymousMost;

  /**
   * @param bytes of memory, for all processes of the platform together
   * @param length of the time at half of the peak
   */
  public record Conditions(long bytes, int connections, int accounts, Duration length) {}

  /**
   * A part of the time at half of the peak.
   *
   * @param perSecond 201s
   */
  public record Part(double perSecond, double p50, double p95, double p99, double max) {}

  /**
   * What came of it.
   *
   * @param peak 201s a second that it gave at most, in the best of its rounds
   * @param offered requests a second in what followed
   * @param peakMegabytes charged to the group at any time, pages of files included
   * @param anonymousMegabytes the most that could not be taken back, looked at after each part
   * @param swapKilobytes of all processes at the end
   * @param kills of processes by the kernel
   * @param checked holds that were compared with the database
   */
  public record Outcome(
      double peak,
      double offered,
      List<Part> parts,
      long peakMegabytes,
      long anonymousMegabytes,
      long swapKilobytes,
      long kills,
      int checked,
      List<String> findings) {}

  /**
   * @param app folder of the module that builds the platform
   * @param folder for everything that the run writes
   */
  public UnderLimit(Conditions conditions, Path app, Path folder) throws IOException {
    this.conditions = conditions;
    this.folder = folder;
    enclosure = Enclosure.of(conditions.bytes());
    try {
      platform = Platform.start(enclosure::around, app, folder);
    } catch (IOException | RuntimeException e) {
      enclosure.close();
      throw e;
    }
  }

  /** The version of the platform's database. */
  public String database() throws Exception {
    return platform.database();
  }

  /**
   * @param now when the sessions of the accounts begin
   */
  public Outcome run(Instant now) throws Exception {
    Set<Long> before = processes();
    try (Connection connection = platform.connect()) {
      People people = new People(connection);
      String seller = people.signUp(1, "SELLER", now).getFirst().token();
      List<People.Person> buyers = people.signUp(conditions.accounts(), "BUYER", now);
      try (Shop shop = new Shop(platform.port(), seller);
          Child load = LoadClient.start(folder.resolve("load.log"))) {
        Shop.Hot hot = shop.open();
        Rush rush = new Rush(load, requests(hot, buyers), buyers);
        double peak = peak(rush);
        List<Part> parts = atHalf(rush, peak / 2);
        check(connection, shop.audit(hot.drop()), hot);
        Enclosure.Memory memory = enclosure.memory();
        if (memory.kills() > 0 || !processes().containsAll(before)) {
          findings.add("a process ended: " + before + " at first, " + processes() + " at last");
        }
        if (swapKilobytes() > 0) {
          findings.add(swapKilobytes() + " kB are swapped");
        }
        return new Outcome(
            peak,
            peak / 2,
            parts,
            memory.peakBytes() >> 20,
            anonymousMost >> 20,
            swapKilobytes(),
            memory.kills(),
            held.size(),
            findings);
      }
    }
  }

  private Path requests(Shop.Hot hot, List<People.Person> buyers) throws IOException {
    Path file = folder.resolve("hold.requests");
    Requests.of(hot.path(), buyers.stream().map(People.Person::token).toList(), hot.wish())
        .write(file);
    return file;
  }

  private double peak(Rush rush) throws IOException {
    double best = 0;
    for (int i = 0; i < WARM_UPS + PEAKS; i++) {
      double perSecond = rush.round(PEAK_SECONDS, 0).perSecond();
      best = i < WARM_UPS ? 0 : Math.max(best, perSecond);
      Progress.say(
          "%s: %,.0f holds a second".formatted(i < WARM_UPS ? "warming up" : "peak", perSecond));
    }
    return best;
  }

  private List<Part> atHalf(Rush rush, double perSecond) throws IOException {
    int count = Math.ceilDiv((int) conditions.length().toSeconds(), PART_SECONDS_MAX);
    double seconds = (double) conditions.length().toSeconds() / count;
    Progress progress = new Progress(count);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Load.Result result = rush.round(seconds, perSecond);
      Part part =
          new Part(
              result.perSecond(),
              result.latencies().p50(),
              result.latencies().p95(),
              result.latencies().p99(),
              result.latencies().max());
      parts.add(part);
      long anonymous = enclosure.memory().anonymousBytes();
      anonymousMost = Math.max(anonymousMost, anonymous);
      progress.step(
          "%,.0f a second: p99 %.1f ms, %d MB"
              .formatted(part.perSecond(), part.p99(), anonymous >> 20));
    }
    return parts;
  }

  private void check(Connection connection, JsonNode audit, Shop.Hot hot) throws Exception {
    for (Finding finding : HoldsCheck.of(connection, hot.drop(), held)) {
      findings.add(finding.toString());
    }
    if (!audit.path("clean").asBoolean(false)) {
      findings.add("the audit is not clean: " + audit);
    }
  }

  /** The platform and the servers that it started, each of which lives as long as it does. */
  private Set<Long> processes() {
    ProcessHandle own = platform.process();
    return Stream.concat(Stream.of(own), own.children())
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private long swapKilobytes() throws IOException {
    ProcessHandle own = platform.process();
    long sum = 0;
    for (ProcessHandle one : Stream.concat(Stream.of(own), own.descendants()).toList()) {
      Path status = Path.of("/proc/" + one.pid() + "/status");
      // Workers of the database come and go.
      for (String line : Files.exists(status) ? Files.readAllLines(status) : List.<String>of()) {
        sum += line.startsWith("VmSwap:") ? Long.parseLong(line.replaceAll("\\D", "")) : 0;
      }
    }
    return sum;
  }

  @Override
  public void close() {
    platform.close();
    enclosure.close();
  }

  /** Holds from one load, each of which is to be checked. */
  private final class Rush {
    private final Child load;
    private final Path requests;
    private final List<People.Person> buyers;

    Rush(Child load, Path requests, List<People.Person> buyers) {
      this.load = load;
      this.requests = requests;
      this.buyers = buyers;
    }

    Load.Result round(double seconds, double perSecond) throws IOException {
      Path answers = folder.resolve("hold.answers");
      LoadClient.Order order =
          new LoadClient.Order(
              platform.port(),
              requests.toString(),
              conditions.connections(),
              seconds,
              perSecond,
              201,
              answers.toString());
      Load.Result result = LoadClient.ask(load, order);
      @Nullable Long created = result.statuses().get(201);
      if (created == null || result.statuses().size() > 1) {
        findings.add("answered with " + result.statuses() + ": " + result.example());
      }
      held.addAll(HoldsCheck.held(answers, buyers));
      return result;
    }
  }
}
