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
 * everything else one of names and values. So a new kind of result is in the page before anybody
 * thinks of how to draw it.
 */
final class PlainSection {
  private static final Set<String> ELSEWHERE =
      Set.of("title", "machine", "remarks", "bars", "workload", "plan");

  private final List<Section.Shown> lists = new ArrayList<>();
  private final List<List<String>> values = new ArrayList<>();

  static List<Section.Shown> shown(JsonNode json) {
    PlainSection section = new PlainSection();
    json.properties().stream()
        .filter(property -> !ELSEWHERE.contains(property.getKey()))
        .forEach(property -> section.add(property.getKey(), property.getValue()));
    List<Section.Shown> shown = new ArrayList<>(section.lists);
    if (!section.values.isEmpty()) {
      shown.add(new Section.Plain("", List.of("", ""), section.values));
    }
    return shown;
  }

  private void add(String name, JsonNode value) {
    if (value.isArray() && !value.isEmpty() && value.get(0).isObject()) {
      lists.add(table(name, value));
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(inner -> add(name + ", " + words(inner.getKey()), inner.getValue()));
    } else {
      values.add(List.of(words(name), written(value)));
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
        words(name),
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
          i > 0 && Character.isUpperCase(c) && Character.isLowerCase(name.charAt(i - 1));
      words.append(begins ? " " + Character.toLowerCase(c) : Character.toString(c));
    }
    return words.toString();
  }
}
