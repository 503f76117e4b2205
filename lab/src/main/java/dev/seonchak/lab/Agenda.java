package dev.seonchak.lab;

import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Ways;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a run does, as the command line says: which workloads, which ways at each of them, for how
 * long, and among which numbers of connections each way may choose.
 */
final class Agenda {
  private static final int CLAIMS = 10_000_000;
  private static final int CLAIMS_QUICK = 200_000;

  /** What most ways choose on a hot item, for a run that leaves the search out. */
  private static final int CONNECTIONS = 8;

  /**
   * A process of its own has compiled nothing yet, and half of the work compiles it half as fast.
   */
  private static final int WARM_UPS_OF_PROCESSES = 8;

  private final Options options;
  private final List<Ways> ways;
  private final List<Workloads> workloads;
  private final Map<Ways, Integer> best = new EnumMap<>(Ways.class);

  Agenda(Options options) {
    this.options = options;
    ways = chosen("ways", "way", Ways.values(), Ways::word);
    workloads = chosen("workloads", "workload", Workloads.values(), Workloads::word);
  }

  /** In the order of the catalogue, whatever the order on the command line. */
  private <T> List<T> chosen(String option, String one, T[] all, Function<T, String> word) {
    List<String> words = Arrays.stream(all).map(word).toList();
    List<String> asked = options.list(option, String.join(",", words));
    for (String name : asked) {
      if (!words.contains(name)) {
        throw new Options.WrongUse(
            "there is no %s called %s; there are %s"
                .formatted(one, name, String.join(", ", words)));
      }
    }
    return Arrays.stream(all).filter(candidate -> asked.contains(word.apply(candidate))).toList();
  }

  List<Workloads> workloads() {
    return workloads;
  }

  List<Ways> ways() {
    return ways;
  }

  /** A quick run compares ways on the hot item only, unless it is told which. */
  List<Ways> waysAt(Workloads workload) {
    if (options.has("ways")) {
      return ways;
    }
    return options.has("quick") && workload != Workloads.HOT_ITEM
        ? List.of(Ways.SEONCHAK)
        : ways.stream().filter(workload::isUsualFor).toList();
  }

  Plan planAt(Workloads workload) {
    Plan plan = Plan.of(options);
    if (workload == Workloads.HOT_ITEM) {
      return plan;
    }
    Plan shorter = options.has("quick") ? plan.once() : plan.shorter();
    return workload == Workloads.PROCESSES ? shorter.warmedBy(WARM_UPS_OF_PROCESSES) : shorter;
  }

  int claimsBefore() {
    return options.number("claims", options.has("quick") ? CLAIMS_QUICK : CLAIMS);
  }

  /** Contestants with the numbers of connections that they may choose among. */
  List<Contestant> contestants(Workloads workload, Function<String, Servers> databases) {
    Stage stage = new Stage(waysAt(workload), planAt(workload), claimsBefore(), databases);
    return workload.contestants(stage).stream()
        .map(one -> one.choosing(connections(workload, one.way())))
        .toList();
  }

  private List<Integer> connections(Workloads workload, Ways way) {
    List<Integer> choices = way.connections();
    if (choices.size() == 1) {
      return choices;
    }
    return switch (workload) {
      case HOT_ITEM -> options.has("quick") ? List.of(CONNECTIONS) : choices;
      // Where fewer wait for the same row, more connections help.
      case MANY_ITEMS -> List.of(CONNECTIONS, 4 * CONNECTIONS);
      default -> List.of(best.getOrDefault(way, CONNECTIONS));
    };
  }

  /** What was best on the hot item is used at the other workloads. */
  void learn(Workloads workload, List<Measured> measured) {
    if (workload == Workloads.HOT_ITEM) {
      for (Measured one : measured) {
        ways.stream()
            .filter(way -> way.word().equals(one.way()))
            .forEach(way -> best.put(way, one.connections()));
      }
    }
  }
}
