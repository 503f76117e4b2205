package dev.seonchak.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final Set<String> KNOWN = Set.of("quick", "rounds", "ways");

  @Test
  void readsWhatIsGivenAndDefaultsTheRest() {
    Options options = Options.parse(List.of("--quick", "--ways", "a,b"), KNOWN);

    assertThat(options.has("quick")).isTrue();
    assertThat(options.list("ways", "c")).containsExactly("a", "b");
    assertThat(options.number("rounds", 7)).isEqualTo(7);
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    for (List<String> words :
        List.of(
            List.of("--round", "3"), List.of("rounds"), List.of("--rounds"), List.of("--", "1"))) {
      assertThatThrownBy(() -> Options.parse(words, KNOWN)).isInstanceOf(Options.WrongUse.class);
    }
    for (String number : List.of("0", "-1", "1.5", "many")) {
      Options options = Options.parse(List.of("--rounds", number), KNOWN);
      assertThatThrownBy(() -> options.number("rounds", 1)).isInstanceOf(Options.WrongUse.class);
    }
  }
}
