package dev.seonchak.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The platform keeps to its layout, and each rule of it can be broken. */
class LayoutTest {
  private static final Scene PLATFORM = Scene.platform();
  private static final Scene TESTS = Scene.tests();

  @ParameterizedTest
  @EnumSource
  void isKeptByThePlatform(LayoutRule rule) {
    assertThat(rule.violations(rule == LayoutRule.TESTS ? TESTS : PLATFORM)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isBrokenByItsFixture(LayoutRule rule) {
    var fixture = Scene.fixture(rule.fixture());

    assertThat(rule.violations(fixture)).isNotEmpty();
  }

  @Test
  void looksAtSomething() {
    assertThat(PLATFORM.classes()).hasSizeGreaterThan(100);
    assertThat(PLATFORM.sources()).hasSizeGreaterThan(100);
    assertThat(TESTS.classes()).hasSizeGreaterThan(10);
  }

  @Test
  void keepsTimeAndRandomnessOutOfTheEngine() {
    assertThat(CodeRules.making(Scene.engine(), type -> !type.getSimpleName().equals("Ticker")))
        .isEmpty();
  }

  @Test
  void keepsTypesShort() {
    var lines =
        PLATFORM.sources().stream()
            .flatMap(source -> source.types().stream())
            .mapToInt(Source.Type::lines)
            .sorted()
            .toArray();

    assertThat(lines[lines.length / 2]).isLessThan(Sizes.TYPE_LINES_MEDIAN_MAX);
  }
}
