package dev.seonchak.lab.ways;

import java.util.List;
import java.util.UUID;

/**
 * What one caller asks for, made by the workload and the same for every way.
 *
 * @param order under which id it shall be written; ids sort by the time of their making
 * @param lines what is wanted, all or nothing
 * @param key names the attempt, as the platform stores it: repeated, it is answered and not done
 *     again
 * @param fingerprint tells another request under the same key
 * @param amount in won, over all lines
 * @param answers to the drop's form, a JSON object
 */
public record Hold(
    UUID order,
    UUID drop,
    UUID claimant,
    List<Line> lines,
    UUID key,
    long fingerprint,
    long amount,
    String answers) {

  /** So many units of one pool. */
  public record Line(UUID pool, int quantity) {}

  /** The only line, for ways and places that know no carts. */
  public Line line() {
    if (lines.size() != 1) {
      throw new IllegalArgumentException("one line is expected, not " + lines.size());
    }
    return lines.getFirst();
  }
}
