package dev.seonchak.lab;

import dev.seonchak.lab.ways.Ways;
import java.util.List;
import java.util.stream.Stream;

/** What was measured of all contestants of a workload, ours first. */
record Figures(List<Measured> measured) {
  Measured ours() {
    return measured.getFirst();
  }

  /** What the workload asks of ours, when ours took part. */
  List<Bar> bars(Workloads workload) {
    return ours().way().equals(Ways.SEONCHAK.word()) ? workload.bars(this) : List.of();
  }

  /** How many times as fast ours must be as another, if the other took part. */
  List<Bar> ratio(String name, double least) {
    return named(name)
        .map(other -> Bar.atLeast(ours().name() + " / " + name, timesAsFastAs(other), least))
        .toList();
  }

  /** How much more time an answer of another may take than ours, if the other took part. */
  List<Bar> costs(String name, double most) {
    return named(name)
        .map(other ->
            Bar.atMost(
                "time for each of %s by that of %s".formatted(name, ours().name()),
                timesAsFastAs(other),
                most))
        .toList();
  }

  private Stream<Measured> named(String name) {
    return measured.stream().filter(one -> one.name().equals(name));
  }

  private double timesAsFastAs(Measured other) {
    return other.median() == 0 ? 0 : ours().median() / other.median();
  }
}
