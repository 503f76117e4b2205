package dev.seonchak.lab;

import dev.seonchak.lab.load.Callers;
import dev.seonchak.lab.load.Crowd;
import dev.seonchak.lab.load.Workload;
import dev.seonchak.lab.processes.Processes;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Ways;
import java.io.IOException;
import java.util.List;

/**
 * One that is measured against others: a way, at work on something.
 *
 * @param name short and unique in a comparison
 * @param processes that share the callers among them, {@link #HERE} for none but this one
 * @param connections numbers of connections among which its best is searched
 */
record Contestant(
    String name,
    String title,
    Ways way,
    Servers servers,
    Workload workload,
    int processes,
    List<Integer> connections) {
  private static final int HERE = 0;

  Contestant(String name, String title, Ways way, Servers servers, Workload workload) {
    this(name, title, way, servers, workload, HERE, way.connections());
  }

  /** The same with its callers in so many other processes. */
  Contestant in(int count) {
    return new Contestant(name, title, way, servers, workload, count, connections);
  }

  /** The same where a way takes part more than once. */
  Contestant at(int size, String what) {
    return new Contestant(
        name + "-" + size, title + ", " + what, way, servers, workload, processes, connections);
  }

  /** The same with other numbers of connections to choose among. */
  Contestant choosing(List<Integer> choices) {
    return new Contestant(name, title, way, servers, workload, processes, choices);
  }

  boolean isSearched() {
    return connections.size() > 1;
  }

  /** So many callers with so many connections. */
  Crowd open(int callers, int chosen) throws IOException {
    if (processes != HERE) {
      return Processes.start(processes, way, servers, chosen, callers);
    }
    return Crowd.here(new Callers(callers), way.open(servers, chosen));
  }
}
