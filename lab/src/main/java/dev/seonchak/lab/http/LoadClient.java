package dev.seonchak.lab.http;

import dev.seonchak.lab.processes.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load, in a process of its own so that its cost can be told from the server's. Reads one order
 * a line from standard input, as JSON, and answers each with one line.
 */
public final class LoadClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LoadClient() {}

  /**
   * What to do.
   *
   * @param requests file with the requests, as {@link Requests#read} says
   * @param connections kept open, each with one request on its way at any time
   * @param seconds after which no new request is sent
   * @param perSecond requests sent each second; 0 for as many as are answered
   * @param status of the answers that count
   * @param answers file for what the 201s said, or empty when nobody wants to know
   */
  record Order(
      int port,
      String requests,
      int connections,
      double seconds,
      double perSecond,
      int status,
      String answers) {}

  /** Starts it, on a heap that its answers fit into. */
  static Child start(Path log) throws IOException {
    return Child.start(
        List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC"),
        Child.ofLab(LoadClient.class, List.of()),
        log);
  }

  /** Has a started one carry out an order. */
  static Load.Result ask(Child load, Order order) throws IOException {
    return JSON.readValue(load.ask(JSON.writeValueAsString(order)), Load.Result.class);
  }

  public static void main(String[] words) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Order order = JSON.readValue(line, Order.class);
      Requests requests = Requests.read(Path.of(order.requests()));
      try (Load load = new Load(requests, order)) {
        System.out.println(JSON.writeValueAsString(load.run()));
      }
    }
  }
}
