package dev.seonchak.lab.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How often a later request was served before an earlier one. Served first means the smaller number
 * of the same pool; to be refused is to come after all numbers.
 *
 * @param requests that were looked at
 * @param overtaken of these, how many had at least one later request served before them
 * @param overtakings pairs in which the later one was served first
 * @param worst the most that overtook a single request
 */
public record Fairness(long requests, long overtaken, long overtakings, long worst) {
  public static final Fairness NONE = new Fairness(0, 0, 0, 0);

  /** One request; refused when it has no number. */
  private record Place(long asked, long number) {}

  public static Fairness of(Round round) {
    Map<UUID, List<Place>> pools = new HashMap<>();
    for (Acknowledged one : round.acknowledged()) {
      for (int i = 0; i < one.hold().lines().size(); i++) {
        pools
            .computeIfAbsent(one.hold().lines().get(i).pool(), pool -> new ArrayList<>())
            .add(new Place(one.asked(), one.held().sequences().get(i)));
      }
    }
    // Where anybody is refused there is one pool, of which there is not enough.
    if (round.refused() > 0 && pools.size() == 1) {
      List<Place> only = pools.values().iterator().next();
      for (int i = 0; i < round.refusals().size(); i++) {
        only.add(new Place(round.refusals().asked(i), Long.MAX_VALUE));
      }
    }
    return pools.values().stream().map(Fairness::ofPool).reduce(NONE, Fairness::plus);
  }

  public Fairness plus(Fairness other) {
    return new Fairness(
        requests + other.requests,
        overtaken + other.overtaken,
        overtakings + other.overtakings,
        Math.max(worst, other.worst));
  }

  /** Later requests served before an earlier one, on average for each request. */
  public double mean() {
    return requests == 0 ? 0 : (double) overtakings / requests;
  }

  /**
   * Goes from the last asked to the first and counts, in a tree of sums over the ranks of numbers
   * (Fenwick 1994), how many smaller numbers went to those who asked later.
   */
  private static Fairness ofPool(List<Place> places) {
    long[] numbers = places.stream().mapToLong(Place::number).sorted().distinct().toArray();
    places.sort(Comparator.comparingLong(Place::asked).reversed());
    int[] sums = new int[numbers.length + 1];
    long overtaken = 0;
    long overtakings = 0;
    long worst = 0;
    for (Place place : places) {
      int rank = Arrays.binarySearch(numbers, place.number());
      long before = 0;
      for (int i = rank; i > 0; i -= i & -i) {
        before += sums[i];
      }
      for (int i = rank + 1; i < sums.length; i += i & -i) {
        sums[i]++;
      }
      overtaken += before > 0 ? 1 : 0;
      overtakings += before;
      worst = Math.max(worst, before);
    }
    return new Fairness(places.size(), overtaken, overtakings, worst);
  }
}
