package dev.seonchak.lab;

import dev.seonchak.lab.load.Callers;
import dev.seonchak.lab.load.Crowd;
import dev.seonchak.lab.load.Workload;
import dev.seonchak.lab.processes.Processes;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Ways;
import java.io.IOException;

/**
 * One that is measured against others: a way, at work on something.
 *
 * @param name short and unique in a comparison
 * @param processes that share the callers among them, {@link #HERE} for none but this one
 */
record Contestant(
    String name, String title, Ways way, Servers servers, Workload workload, int processes) {
  private static final int HERE = 0;

  Contestant(String name, String title, Ways way, Servers servers, Workload workload) {
    this(name, title, way, servers, workload, HERE);
  }

  /** The same with its callers in so many other processes. */
  Contestant in(int count) {
    return new Contestant(name, title, way, servers, workload, count);
  }

  /** The same where a way takes part more than once. */
  Contestant at(int size, String what) {
    return new Contestant(
        name + "-" + size, title + ", " + what, way, servers, workload, processes);
  }

  /** So many callers with so many connections. */
  Crowd open(int callers, int connections) throws IOException {
    if (processes != HERE) {
      return Processes.start(processes, way, servers, connections, callers);
    }
    return Crowd.here(new Callers(callers), way.open(servers, connections));
  }
}
