package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A row of figures for each of those who were measured. */
final class WaysTable {
  /** Ours, then whatever is right, the fastest first, and at last what is wrong. */
  private static final Comparator<Entrant> READING =
      Comparator.comparing((Entrant one) -> one.standing() != Standing.OURS)
          .thenComparing(one -> one.standing() == Standing.WRONG)
          .thenComparing(Entrant::rate, Comparator.reverseOrder());

  private WaysTable() {}

  private record Column(String title, Function<Entrant, String> cell) {}

  static Section.Ways of(List<Entrant> entrants) {
    List<Column> columns = columns(entrants);
    return new Section.Ways(
        columns.stream().map(Column::title).toList(),
        entrants.stream()
            .sorted(READING)
            .map(one ->
                new Section.Row(
                    one.title(),
                    one.sentence(),
                    one.standing().style(),
                    columns.stream().map(column -> column.cell().apply(one)).toList(),
                    verdict(one),
                    one.broken()))
            .toList());
  }

  private static List<Column> columns(List<Entrant> entrants) {
    double ours = entrants.getFirst().rate();
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("answers/s", one -> Say.rate(one.rate())));
    columns.add(new Column("least–most", one -> Say.leastToMost(one.perSecond())));
    columns.add(new Column("engine ÷ this", one -> Say.times(ours / one.rate())));
    columns.add(new Column("p50 ms", one -> Say.millis(one.waits().p50())));
    columns.add(new Column("p95 ms", one -> Say.millis(one.waits().p95())));
    columns.add(new Column("p99 ms", one -> Say.millis(one.waits().p99())));
    columns.add(new Column("p99.99 ms", one -> Say.millis(one.waits().p9999())));
    if (entrants.stream().anyMatch(one -> one.costs().refused() > 0)) {
      columns.add(new Column("refused", one -> Say.count(one.costs().refused())));
      columns.add(new Column("refusal p50, p99 ms", WaysTable::refusal));
    }
    if (FairnessPlot.canDraw(entrants)) {
      columns.add(new Column("overtaken", WaysTable::overtaken));
    }
    columns.add(new Column("connections", one -> Integer.toString(one.connections())));
    columns.add(new Column("JVM µs", one -> Say.micros(one.costs().ownMicros())));
    columns.add(new Column("server µs", one -> Say.micros(one.costs().serverMicros())));
    columns.add(new Column("checked", one -> Say.count(one.costs().held())));
    return columns;
  }

  private static String refusal(Entrant one) {
    return Say.millis(one.refusals().p50()) + ", " + Say.millis(one.refusals().p99());
  }

  private static String overtaken(Entrant one) {
    return one.fair().known() ? Say.share(one.fair().share()) : "–";
  }

  private static String verdict(Entrant one) {
    return switch (one.standing()) {
      case OURS, RIGHT -> "right";
      case COUNTER -> "numbers right, nothing kept";
      case WRONG -> one.broken().isEmpty() ? "wrong, though not caught here" : "wrong";
    };
  }
}
