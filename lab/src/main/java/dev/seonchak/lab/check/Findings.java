package dev.seonchak.lab.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is wrong, kind by kind, and keeps the first example of each. Not thread-safe. */
final class Findings {
  private final Map<Finding.Kind, Finding> found = new EnumMap<>(Finding.Kind.class);

  void add(Finding.Kind kind, long count, String example) {
    if (count > 0) {
      found.merge(
          kind,
          new Finding(kind, count, example),
          (one, other) -> new Finding(kind, one.count() + other.count(), one.example()));
    }
  }

  void addWhen(boolean wrong, Finding.Kind kind, String example) {
    add(kind, wrong ? 1 : 0, example);
  }

  List<Finding> list() {
    return new ArrayList<>(found.values());
  }
}
