package dev.seonchak.lab.report;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A kept result file.
 *
 * @param file its name
 * @param kind its name without date and ending, and without the mark of a quick run
 */
record Result(String file, String kind, boolean quick, JsonNode json) {
  private static final String QUICK = "-quick";

  static Result of(String file, JsonNode json) {
    String name = file.replaceFirst("^\\d{4}-\\d\\d-\\d\\d-", "").replaceFirst("\\.json$", "");
    boolean quick = name.endsWith(QUICK);
    return new Result(
        file, quick ? name.substring(0, name.length() - QUICK.length()) : name, quick, json);
  }

  String title() {
    return json.path("title").asString(kind);
  }

  /** As RFC 3339, so that later ones sort behind. */
  String at() {
    return machine("at");
  }

  /** For people. */
  String when() {
    return at().replace("T", " ").replaceFirst("(:\\d\\d)?(\\.\\d+)?Z$", " UTC");
  }

  String machine(String field) {
    return json.path("machine").path(field).asString("");
  }

  /** Everything that one must know to repeat it. */
  List<Fact> facts() {
    JsonNode machine = json.path("machine");
    return List.of(
        new Fact("command", machine("command")),
        new Fact("commit", machine("commit")),
        new Fact("at", when()),
        new Fact(
            "processor", machine("processor") + ", " + machine.path("cores").asInt(0) + " cores"),
        new Fact("memory", Say.count(machine.path("memoryMegabytes").asDouble(0)) + " MB"),
        new Fact("kernel", machine("kernel")),
        new Fact("JDK", machine("jdk")),
        new Fact("JVM options", String.join(" ", words(machine.path("jvmOptions")))),
        new Fact("servers", String.join(", ", words(machine.path("servers")))),
        new Fact("load before", Say.rate(machine.path("loadBefore").asDouble(0)) + " on average"));
  }

  List<String> remarks() {
    return words(json.path("remarks")).stream().filter(remark -> !remark.isBlank()).toList();
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asString("")));
    return List.copyOf(words);
  }
}
