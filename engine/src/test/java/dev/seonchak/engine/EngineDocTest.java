package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation says of the rules is what they do. */
class EngineDocTest {
  private static final Path DOC = Path.of("../docs/concepts/engine.md");

  @Test
  void playsTheTablesOfTheDocumentation() throws IOException {
    List<String> tables = find("```batch\n(.*?)```");
    assertThat(tables).isNotEmpty();
    tables.forEach(Script::play);
  }

  @Test
  void documentsTheReasonsInTheirOrder() throws IOException {
    assertThat(find("(?m)^\\d\\. \\*\\*([a-z ]+)\\*\\*:"))
        .containsExactlyElementsOf(
            Arrays.stream(Reason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .toList());
  }

  private static List<String> find(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(Files.readString(DOC))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
