package dev.seonchak.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** Draws the declared arrows between modules as a page. */
final class ModulesDrawing {
  private static final Path SOURCES = Path.of("src/main/java/dev/seonchak");
  private static final Pattern SENTENCE =
      Pattern.compile("/\\*\\*\\s*(.*?\\.)(\\s|\\*)", Pattern.DOTALL);
  private static final List<String> EVERYWHERE = List.of("shared", "runtime");

  private ModulesDrawing() {}

  static String of(ApplicationModules modules) {
    var arrows = new TreeMap<String, List<String>>();
    modules.stream()
        .filter(module -> !module.isRootModule())
        .forEach(module -> arrows.put(module.getIdentifier().toString(), declared(module)));
    return """
    # Modules of the platform

    Each is a package below `dev.seonchak`; its base package is its interface, and what is below \
    is its own business. An arrow says who may know whom; `ModulesTest` holds the code to these \
    arrows and this page to the code. Everybody may know `shared` and `runtime`.

    ```mermaid
    flowchart TD
    %s```

    | module | what it is | knows |
    |---|---|---|
    %s\
    """
        .formatted(graph(arrows), table(arrows));
  }

  private static List<String> declared(ApplicationModule module) {
    var annotation =
        module.getBasePackage().getAnnotation(org.springframework.modulith.ApplicationModule.class);
    return annotation
        .map(declared -> Arrays.stream(declared.allowedDependencies()).sorted().toList())
        .orElseThrow(() -> new AssertionError(module + " declares no dependencies"));
  }

  private static String graph(Map<String, List<String>> arrows) {
    var graph = new StringBuilder();
    arrows.forEach((module, known) ->
        known.stream()
            .filter(other -> !EVERYWHERE.contains(other))
            .forEach(other -> graph.append("  %s --> %s\n".formatted(module, other))));
    return graph.toString();
  }

  private static String table(Map<String, List<String>> arrows) {
    var table = new StringBuilder();
    arrows.forEach((module, known) ->
        table.append(
            "| `%s` | %s | %s |\n".formatted(module, sentence(module), String.join(", ", known))));
    return table.toString();
  }

  private static String sentence(String module) {
    try {
      var source =
          Files.readString(SOURCES.resolve(module.replace('.', '/') + "/package-info.java"));
      var found = SENTENCE.matcher(source);
      if (!found.find()) {
        throw new AssertionError(module + " says nowhere what it is");
      }
      return found.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
