package dev.seonchak.lab.processes;

import dev.seonchak.lab.load.AcknowledgedFile;
import dev.seonchak.lab.load.Callers;
import dev.seonchak.lab.load.HotItem;
import dev.seonchak.lab.load.Round;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Way;
import dev.seonchak.lab.ways.Ways;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Callers and a way in a process of their own. Reads one line of JSON that says what to open, then
 * one for each round, and answers each with one line.
 */
public final class CallersProcess {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CallersProcess() {}

  /** What to open; it comes by standard input, since a command line can be seen by all. */
  record Opening(Ways way, Servers servers, int connections, int callers) {}

  /** That it is open. */
  record Opened(boolean open) {}

  /**
   * A round on one hot item.
   *
   * @param answers file for what was acknowledged
   */
  record Order(UUID drop, UUID pool, long millis, String answers) {}

  /**
   * What came of it besides.
   *
   * @param began the clock that all processes of a machine share, in nanoseconds
   * @param failure the first of these, or empty
   */
  record Done(double perSecond, long began, long refused, long failures, String failure) {}

  public static void main(String[] words) throws Exception {
    System.setProperty("logback.configurationFile", "lab-logging.xml");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Opening opening = JSON.readValue(in.readLine(), Opening.class);
    try (Way way = opening.way().open(opening.servers(), opening.connections())) {
      System.out.println(JSON.writeValueAsString(new Opened(true)));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Order order = JSON.readValue(line, Order.class);
        System.out.println(JSON.writeValueAsString(round(way, opening.callers(), order)));
      }
    }
  }

  private static Done round(Way way, int callers, Order order)
      throws IOException, InterruptedException {
    System.gc();
    Round round =
        new Callers(callers)
            .call(way, HotItem.of(order.drop(), order.pool()), Duration.ofMillis(order.millis()));
    AcknowledgedFile.write(Path.of(order.answers()), round.acknowledged());
    Throwable first = round.firstFailure();
    return new Done(
        round.perSecond(),
        round.began(),
        round.refused(),
        round.failures(),
        first == null ? "" : first.toString());
  }
}
