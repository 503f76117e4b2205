package dev.seonchak.lab.load;

import dev.seonchak.lab.check.Finding;
import java.util.List;

/** Whether as many were given as there were, where more than that were wanted. */
final class Given {
  private Given() {}

  static List<Finding> exactly(long wanted, Round round) {
    long given = round.acknowledged().size();
    if (given > wanted) {
      return List.of(
          new Finding(Finding.Kind.SOLD_TOO_MANY, given - wanted, given + " were told yes"));
    }
    if (given < wanted) {
      return List.of(
          new Finding(
              Finding.Kind.REFUSED_WRONGLY,
              wanted - given,
              "%d of %d were given".formatted(given, wanted)));
    }
    return List.of();
  }
}
