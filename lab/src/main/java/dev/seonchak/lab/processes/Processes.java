package dev.seonchak.lab.processes;

import dev.seonchak.lab.load.Acknowledged;
import dev.seonchak.lab.load.AcknowledgedFile;
import dev.seonchak.lab.load.Cost;
import dev.seonchak.lab.load.Crowd;
import dev.seonchak.lab.load.Round;
import dev.seonchak.lab.load.Spans;
import dev.seonchak.lab.load.Workload;
import dev.seonchak.lab.ways.Hold;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Ways;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A crowd that is shared out to processes, each with a way of its own on the same database; for
 * workloads of one hot item.
 */
public final class Processes implements Crowd {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private final Path folder;
  private final List<Child> children = new ArrayList<>();

  private Processes(Path folder) {
    this.folder = folder;
  }

  /**
   * @param callers of all processes together
   * @param connections of each
   */
  public static Crowd start(int count, Ways way, Servers servers, int connections, int callers)
      throws IOException {
    Processes processes = new Processes(Files.createTempDirectory("seonchak-lab-processes"));
    try {
      for (int i = 0; i < count; i++) {
        Child child =
            Child.start(
                OPTIONS,
                Child.ofLab(CallersProcess.class, List.of()),
                processes.folder.resolve("log"));
        processes.children.add(child);
        child.ask(
            JSON.writeValueAsString(
                new CallersProcess.Opening(way, servers, connections, callers / count)));
      }
      return processes;
    } catch (IOException e) {
      String log = Files.readString(processes.folder.resolve("log")).strip();
      processes.close();
      throw new IOException("a process could not begin: " + log, e);
    }
  }

  @Override
  public Cost cost() {
    return Cost.of(children.stream().map(Child::handle).toList());
  }

  @Override
  public Round call(Workload workload, Duration length) throws Exception {
    Hold example = workload.next();
    List<Callable<CallersProcess.Done>> calls = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      Child child = children.get(i);
      String order =
          JSON.writeValueAsString(
              new CallersProcess.Order(
                  example.drop(), example.line().pool(), length.toMillis(), answers(i).toString()));
      calls.add(() -> JSON.readValue(child.ask(order), CallersProcess.Done.class));
    }
    List<CallersProcess.Done> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<CallersProcess.Done> one : threads.invokeAll(calls)) {
        done.add(one.get());
      }
    }
    return sum(done, example);
  }

  private Round sum(List<CallersProcess.Done> done, Hold example) throws IOException {
    long began = done.stream().mapToLong(CallersProcess.Done::began).min().orElse(0);
    List<Acknowledged> acknowledged = new ArrayList<>();
    double perSecond = 0;
    long failures = 0;
    Exception first = null;
    for (int i = 0; i < done.size(); i++) {
      CallersProcess.Done one = done.get(i);
      acknowledged.addAll(
          AcknowledgedFile.read(
              answers(i), example.drop(), example.line().pool(), one.began() - began));
      perSecond += one.perSecond();
      failures += one.failures() + one.refused();
      first = first == null ? failure(one) : first;
    }
    return new Round(
        began, perSecond, acknowledged, Spans.of(acknowledged), new Spans(), failures, first);
  }

  /** There is enough of a hot item for all, so a refusal is a failure here. */
  private static @Nullable Exception failure(CallersProcess.Done done) {
    if (done.refused() > 0) {
      return new IllegalStateException("refused " + done.refused());
    }
    return done.failures() == 0 ? null : new IllegalStateException(done.failure());
  }

  private Path answers(int process) {
    return folder.resolve(process + ".answers");
  }

  @Override
  public void close() {
    children.forEach(Child::close);
    try {
      for (int i = 0; i < children.size(); i++) {
        Files.deleteIfExists(answers(i));
      }
      Files.deleteIfExists(folder.resolve("log"));
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
