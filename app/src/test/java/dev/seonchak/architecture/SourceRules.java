package dev.seonchak.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about how code is written. */
final class SourceRules {
  private static final Pattern ROW_LOCK =
      Pattern.compile("(?i)\\bfor (no key )?update\\b|\\bfor (key )?share\\b");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

  private SourceRules() {}

  static Stream<String> sentences(Scene scene) {
    return scene.sources().stream()
        .filter(source -> !source.isDocumented())
        .map(source -> source.file().getFileName().toString());
  }

  static Stream<String> locks(Scene scene) {
    var files = new TreeMap<String, Set<String>>();
    for (var source : scene.sources()) {
      var code = COMMENT.matcher(source.text()).replaceAll("");
      if (!source.isOtherSide() && ROW_LOCK.matcher(code).find()) {
        files
            .computeIfAbsent(source.module(scene.root()), any -> new TreeSet<>())
            .add(source.file().getFileName().toString());
      }
    }
    return files.entrySet().stream()
        .filter(module -> module.getValue().size() > 1)
        .map(Map.Entry::toString);
  }

  static Stream<String> sizes(Scene scene) {
    return scene.sources().stream().flatMap(SourceRules::tooLong);
  }

  private static Stream<String> tooLong(Source source) {
    var types =
        source.types().stream()
            .filter(type -> type.lines() > Sizes.TYPE_LINES_MAX)
            .map(type -> type.name() + " has " + type.lines() + " lines");
    var methods =
        source.methods().stream()
            .filter(method -> method.lines() > Sizes.METHOD_LINES_MAX)
            .map(method -> method.name() + " has " + method.lines() + " lines");
    var constructors =
        source.methods().stream()
            .filter(method -> method.parameters() > Sizes.CONSTRUCTOR_PARAMETERS_MAX)
            .map(method -> method.name() + " takes " + method.parameters() + " parameters");
    return Stream.of(types, methods, constructors).flatMap(found -> found);
  }
}
