package dev.seonchak.lab;

import dev.seonchak.lab.load.Workload;
import dev.seonchak.lab.ways.Guards;
import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Trait;
import dev.seonchak.lab.ways.Ways;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What there is to set up a workload with.
 *
 * @param ways that are asked for, ours first
 * @param claimsBefore of the database that has a past
 * @param databases by name, each with the platform's tables, made when first asked for
 */
record Stage(List<Ways> ways, Plan plan, int claimsBefore, Function<String, Servers> databases) {

  private static final String GUARDED = "lab";
  private static final String UNGUARDED = "unguarded";

  /** One database for each name, however often it is asked for. */
  static Function<String, Servers> once(Function<String, Servers> databases) {
    Map<String, Servers> made = new HashMap<>();
    return name -> made.computeIfAbsent(name, key -> guarded(key, databases.apply(key)));
  }

  private static Servers guarded(String name, Servers made) {
    if (name.equals(UNGUARDED)) {
      try (Connection connection = Stand.connect(made)) {
        Guards.remove(connection);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return made;
  }

  /**
   * Ways that were asked for and can do it, in the database that is emptied before each round;
   * wrong ones in one of their own, whose tables do not refuse their mistakes.
   *
   * @param workload makes requests for one way, since rounds of ways take turns
   */
  List<Contestant> each(Predicate<Ways> can, Function<Ways, Workload> workload) {
    return ways.stream()
        .filter(can)
        .map(way ->
            new Contestant(
                way.word(),
                way.title(),
                way,
                databases.apply(way.is(Trait.WRONG) ? UNGUARDED : GUARDED),
                workload.apply(way)))
        .toList();
  }

  /** The engine on a database of that name. */
  Contestant ours(String name, String title, String database, Workload workload) {
    return new Contestant(name, title, Ways.SEONCHAK, databases.apply(database), workload);
  }
}
