package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whatever a result holds, in tables: a list becomes one with a row for each of its entries, and
 * everything else names and values, group by group. So a new kind of result is in the page before
 * anybody thinks of how to draw it.
 */
final class PlainSection {
  private static final Set<String> ELSEWHERE =
      Set.of("title", "machine", "remarks", "bars", "workload", "plan");

  private final List<Section.Shown> lists = new ArrayList<>();
  private final Map<String, List<Fact>> groups = new LinkedHashMap<>();

  /**
   * @param drawn what is shown otherwise
   */
  static List<Section.Shown> shown(JsonNode json, Set<String> drawn) {
    PlainSection section = new PlainSection();
    json.properties().stream()
        .filter(property -> !ELSEWHERE.contains(property.getKey()))
        .filter(property -> !drawn.contains(property.getKey()))
        .forEach(property -> section.add("", property.getKey(), property.getValue()));
    List<Section.Shown> shown = new ArrayList<>(section.lists);
    section.groups.forEach((title, facts) -> shown.add(new Section.Facts(title, facts)));
    return shown;
  }

  private void add(String group, String name, JsonNode value) {
    String here = (group + " " + words(name)).strip();
    if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
      lists.add(table(here, value));
    } else if (value.isObject()) {
      value.properties().forEach(inner -> add(here, inner.getKey(), inner.getValue()));
    } else {
      groups
          .computeIfAbsent(group, title -> new ArrayList<>())
          .add(new Fact(words(name), written(value)));
    }
  }

  private static Section.Plain table(String name, JsonNode entries) {
    Set<String> titles = new LinkedHashSet<>();
    List<Map<String, String>> rows = new ArrayList<>();
    for (JsonNode entry : entries) {
      Map<String, String> row = new LinkedHashMap<>();
      flatten("", entry, row);
      titles.addAll(row.keySet());
      rows.add(row);
    }
    return new Section.Plain(
        name,
        List.copyOf(titles),
        rows.stream()
            .map(row -> titles.stream().map(title -> row.getOrDefault(title, "")).toList())
            .toList());
  }

  private static void flatten(String path, JsonNode value, Map<String, String> row) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(inner ->
              flatten((path + " " + words(inner.getKey())).strip(), inner.getValue(), row));
    } else {
      row.put(path, written(value));
    }
  }

  private static String written(JsonNode value) {
    if (value.isIntegralNumber()) {
      return Say.count(value.asDouble());
    }
    if (value.isNumber()) {
      return Say.plain(value.asDouble());
    }
    if (value.isArray()) {
      List<String> all = new ArrayList<>();
      value.forEach(one -> all.add(written(one)));
      return all.isEmpty() ? "none" : String.join(", ", all);
    }
    return value.isString() ? value.asString() : value.toString();
  }

  /** {@code settledSeconds} reads better as "settled seconds". */
  private static String words(String name) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean begins =
          i > 0 && Character.isUpperCase(c) && !Character.isUpperCase(name.charAt(i - 1));
      words.append(begins ? " " + Character.toLowerCase(c) : Character.toString(c));
    }
    return words.toString();
  }
}
