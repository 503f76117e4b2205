package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;

/** Ours at every workload, drawn side by side; there is none before there are two. */
final class Overview {
  private Overview() {}

  static List<Section> of(List<Result> results) {
    List<Entrant> ours = new ArrayList<>();
    for (Result result : results) {
      Entrant one = Entrants.all(result.json().path("ways")).getFirst();
      ours.add(one.named(result.title()));
    }
    if (ours.size() < 2) {
      return List.of();
    }
    return List.of(
        new Section(
            "overview",
            "The engine at each workload",
            "",
            results.stream().anyMatch(Result::quick),
            "",
            List.of(),
            List.of(),
            List.of(
                Section.one(
                    "Rate",
                    "Answers a second: the median of the rounds, with the least and the most; each from"
                        + " the latest result of its own.",
                    RatePlot.of("overview-rate", ours)),
                Section.one(
                    "Latency",
                    "From asking to the answer: the median, 95 and 99 of 100, and, hollow, 9,999"
                        + " of 10,000. The figure is the time of 99 of 100, in milliseconds.",
                    LatencyPlot.of("overview-latency", ours))),
            List.of()));
  }
}
