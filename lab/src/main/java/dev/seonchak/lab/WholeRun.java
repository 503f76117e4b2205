package dev.seonchak.lab;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The lab without a subcommand: all workloads in this process, then those over HTTP if wanted. */
final class WholeRun {
  static final Set<String> OPTIONS = options();

  private final Options options;
  private final Instant at;

  WholeRun(Options options, Instant at) {
    this.options = options;
    this.at = at;
  }

  private static Set<String> options() {
    Set<String> all = new HashSet<>(WorkloadsRun.OPTIONS);
    all.add("http");
    all.add("app");
    return Set.copyOf(all);
  }

  /** Whether everything was right. */
  boolean run() throws Exception {
    boolean right = new WorkloadsRun(options.only(WorkloadsRun.OPTIONS), at).run();
    if (options.has("http")) {
      Progress.say("\nHolds over HTTP");
      right &= new HttpRun(options.only(Set.of("quick", "app", "data", "results")), at).run();
      Progress.say("\nPayments");
      right &= new PaymentsRun(options.only(Set.of("quick", "app", "data", "results")), at).run();
      Progress.say("\nPurchases at a rate");
      right &= new PurchasesRun(options.only(Set.of("quick", "app", "data", "results")), at).run();
      Progress.say("\nFootprint");
      right &= new FootprintRun(options.only(Set.of("results")), at).run();
    }
    return right;
  }
}
