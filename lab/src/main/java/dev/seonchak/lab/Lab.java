package dev.seonchak.lab;

import dev.seonchak.embedded.CannotStart;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The command line of the lab. */
public final class Lab {
  private static final String USAGE =
      """
      lab        [--quick] [--workloads hot-item,aged,…] [--ways seonchak,pessimistic,…] [--http]
                 [--rounds N] [--seconds N] [--callers N] [--claims N]
                 ways at workloads, in-process against real servers; --quick compares the ways on
                 the hot item and tries the engine on the others; --http adds what stands below
      lab http   [--quick] [--rounds N] [--seconds N] [--connections 64,1000] [--accounts N]
                 holds against the empty request of the same server, and of a bare application
      lab purchase-ways [--quick] [--seconds N] [--gateway-millis N]
                 whole purchases with payment at 100, 300 and 500 a second, three ways
      lab payments [--quick] [--payments N] [--buyers N] [--one-fault-in N] [--seed N]
                 payments while the company makes mistakes, and how many both sides disagree about
      lab purchases [--quick] [--rates 100,300,500] [--seconds N] [--warm-ups N]
                 purchases with payment that arrive at a rate, whatever the platform does meanwhile
      lab jmeter [--quick] [--threads N] [--ramp-up SECONDS] [--cycles N]
                 Apache JMeter's threads against the platform, as the predecessors were measured
      lab footprint [--starts N] [--seconds N]
                 time to ready, first and later, and the memory of all processes at idle
      lab limited [--quick] [--megabytes 1024] [--seconds N] [--connections N] [--accounts N]
                 the whole platform in a control group: its peak, then half of it for minutes
      lab report [--drawings FOLDER]
                 the page lab/report/index.html, as after each run, from the kept results alone;
                 and its drawings as files of their own
      All take --data FOLDER (on a disk, not in memory), --results FOLDER and --verbose, which
      shows where a failure came from.
      """;

  private static final String VERBOSE = "--verbose";

  private Lab() {}

  /** Ends with 0 when every figure counts, 1 when something was wrong, 2 for wrong use. */
  public static void main(String[] words) {
    // The platform's own logging, which is on the class path too, writes into a data folder.
    System.setProperty("logback.configurationFile", "lab-logging.xml");
    System.exit(run(Arrays.asList(words), Clock.systemUTC(), System.err));
  }

  static int run(List<String> all, Clock clock, PrintStream err) {
    List<String> words = all.stream().filter(word -> !word.equals(VERBOSE)).toList();
    boolean named = !words.isEmpty() && !words.getFirst().startsWith("-");
    String command = named ? words.getFirst() : "";
    List<String> rest = named ? words.subList(1, words.size()) : words;
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    try {
      boolean right =
          switch (command) {
            case "" -> new WholeRun(options(rest, WholeRun.OPTIONS), now).run();
            case "http" -> new HttpRun(options(rest, HttpRun.OPTIONS), now).run();
            case "purchase-ways" ->
                new PurchaseWaysRun(options(rest, PurchaseWaysRun.OPTIONS), now).run();
            case "payments" -> new PaymentsRun(options(rest, PaymentsRun.OPTIONS), now).run();
            case "purchases" -> new PurchasesRun(options(rest, PurchasesRun.OPTIONS), now).run();
            case "jmeter" -> new JMeterRun(options(rest, JMeterRun.OPTIONS), now).run();
            case "footprint" -> new FootprintRun(options(rest, FootprintRun.OPTIONS), now).run();
            case "limited" -> new LimitedRun(options(rest, LimitedRun.OPTIONS), now).run();
            case "report" -> new ReportRun(options(rest, ReportRun.OPTIONS)).run();
            default -> throw new Options.WrongUse("there is no \"" + command + "\" in the lab");
          };
      if (!command.equals("report")) {
        ReportRun.after(rest);
      }
      return right ? 0 : 1;
    } catch (Options.WrongUse e) {
      err.println("lab: " + e.getMessage() + "\n" + USAGE);
      return 2;
    } catch (CannotStart e) {
      err.println("lab: " + e.getMessage());
      return 1;
    } catch (Exception e) {
      tell(e, all.contains(VERBOSE), err);
      return 1;
    }
  }

  private static void tell(Exception failure, boolean verbose, PrintStream err) {
    if (verbose) {
      failure.printStackTrace(err);
      return;
    }
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String why =
        deepest.getMessage() == null
            ? ""
            : ": " + deepest.getMessage().lines().findFirst().orElse("");
    err.println(
        "lab: unexpected %s%s (%s shows where)"
            .formatted(deepest.getClass().getSimpleName(), why, VERBOSE));
  }

  private static Options options(List<String> words, Set<String> known) {
    return Options.parse(words, known);
  }
}
