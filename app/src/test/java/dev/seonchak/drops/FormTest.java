package dev.seonchak.drops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.drops.Form.Check;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormTest {
  private static final List<String> SIZES = List.of("S", "M", "L");

  /** What one required question makes of one value. */
  static List<Arguments> answers() {
    return List.of(
        fits(Question.Type.TEXT, "red"),
        fits(Question.Type.TEXT, "가".repeat(200)),
        fits(Question.Type.TEXT, "\uD83D\uDC1F".repeat(200)),
        misfits(Question.Type.TEXT, "가".repeat(201)),
        misfits(Question.Type.TEXT, 1),
        misfits(Question.Type.TEXT, List.of("red")),
        missing(Question.Type.TEXT, ""),
        missing(Question.Type.TEXT, " \t\n"),
        missing(Question.Type.TEXT, null),
        fits(Question.Type.LONG_TEXT, "x".repeat(2_000)),
        misfits(Question.Type.LONG_TEXT, "x".repeat(2_001)),
        fits(Question.Type.ADDRESS, "서울시 중구 세종대로 110"),
        misfits(Question.Type.ADDRESS, "x".repeat(301)),
        misfits(Question.Type.ADDRESS, Map.of("city", "서울")),
        fits(Question.Type.NUMBER, 0),
        fits(Question.Type.NUMBER, -7),
        fits(Question.Type.NUMBER, Long.MAX_VALUE),
        fits(Question.Type.NUMBER, BigInteger.valueOf(Long.MIN_VALUE)),
        misfits(Question.Type.NUMBER, BigInteger.TWO.pow(63)),
        misfits(Question.Type.NUMBER, 1.5),
        misfits(Question.Type.NUMBER, "7"),
        misfits(Question.Type.NUMBER, true),
        missing(Question.Type.NUMBER, null),
        fits(Question.Type.CHOICE, "M"),
        misfits(Question.Type.CHOICE, "XL"),
        misfits(Question.Type.CHOICE, "m"),
        misfits(Question.Type.CHOICE, List.of("M")),
        missing(Question.Type.CHOICE, ""),
        fits(Question.Type.CHOICES, List.of("L", "S")),
        misfits(Question.Type.CHOICES, List.of("S", "S")),
        misfits(Question.Type.CHOICES, List.of("S", "XL")),
        misfits(Question.Type.CHOICES, List.of(1)),
        misfits(Question.Type.CHOICES, Arrays.asList("S", null)),
        misfits(Question.Type.CHOICES, "S"),
        missing(Question.Type.CHOICES, List.of()),
        fits(Question.Type.PHONE, "010-1234-5678"),
        fits(Question.Type.PHONE, "01012345678"),
        fits(Question.Type.PHONE, "(02) 123-4567"),
        fits(Question.Type.PHONE, "1588-1234"),
        fits(Question.Type.PHONE, "+82 10 1234 5678"),
        fits(Question.Type.PHONE, "+1.212.555.0100"),
        misfits(Question.Type.PHONE, "+0 10 1234 5678"),
        misfits(Question.Type.PHONE, "12345"),
        misfits(Question.Type.PHONE, "call me"),
        misfits(Question.Type.PHONE, "010-1234-5678 or 010-8765-4321"),
        misfits(Question.Type.PHONE, "٠١٠١٢٣٤٥٦٧٨"),
        misfits(Question.Type.PHONE, 1012345678),
        missing(Question.Type.PHONE, " "),
        fits(Question.Type.CONSENT, true),
        missing(Question.Type.CONSENT, false),
        misfits(Question.Type.CONSENT, "true"),
        misfits(Question.Type.CONSENT, 1));
  }

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @MethodSource("answers")
  void judgesAnswer(Question.Type type, @Nullable Object value, Class<? extends Check> expected) {
    var form = new Form(List.of(question("q", type, true)));

    assertThat(form.check(answer("q", value))).isInstanceOf(expected);
  }

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @MethodSource("answers")
  void asksNobodyForWhatIsNotRequired(
      Question.Type type, @Nullable Object value, Class<? extends Check> expected) {
    var form = new Form(List.of(question("q", type, false)));

    assertThat(form.check(answer("q", value)))
        .isInstanceOf(expected == Check.Incomplete.class ? Check.Complete.class : expected);
  }

  @Test
  void namesWhatIsMissingInTheFormsOrder() {
    var form =
        new Form(
            List.of(
                question("name", Question.Type.TEXT, true),
                question("note", Question.Type.TEXT, false),
                question("size", Question.Type.CHOICE, true)));

    assertThat(form.check(Map.of())).isEqualTo(new Check.Incomplete(List.of("name", "size")));
    assertThat(form.check(Map.of("name", "Kim"))).isEqualTo(new Check.Incomplete(List.of("size")));
    assertThat(form.check(Map.of("name", "Kim", "size", "S"))).isEqualTo(new Check.Complete());
  }

  @Test
  void prefersMalformedToIncomplete() {
    var form =
        new Form(
            List.of(
                question("name", Question.Type.TEXT, true),
                question("size", Question.Type.CHOICE, true)));

    assertThat(form.check(Map.of("size", "XL")))
        .isEqualTo(new Check.Malformed(Map.of("size", "This is not one of the choices.")));
  }

  @Test
  void refusesAnswersToWhatIsNotAsked() {
    var form = new Form(List.of(question("name", Question.Type.TEXT, true)));

    assertThat(form.check(Map.of("name", "Kim", "colour", "red")))
        .isEqualTo(new Check.Malformed(Map.of("colour", "This is not asked.")));
    assertThat(new Form(List.of()).check(Map.of())).isEqualTo(new Check.Complete());
  }

  @Test
  void boundsWhatItTellsOfManyUnknownAnswers() {
    var answers = new LinkedHashMap<String, Object>();
    for (int i = 0; i < 10_000; i++) {
      answers.put("x".repeat(50) + i, "?");
      answers.put("y" + i, "?");
    }

    var check = (Check.Malformed) new Form(List.of()).check(answers);

    assertThat(check.reasons()).hasSizeBetween(1, 30);
    assertThat(check.reasons().keySet()).allMatch(id -> id.length() <= 41);
  }

  private static Question question(String id, Question.Type type, boolean required) {
    return new Question(id, "?", type, required, type.hasChoices() ? SIZES : List.of());
  }

  private static Map<String, Object> answer(String id, @Nullable Object value) {
    var answers = new HashMap<String, Object>();
    answers.put(id, value);
    return answers;
  }

  private static Arguments fits(Question.Type type, Object value) {
    return Arguments.of(type, value, Check.Complete.class);
  }

  private static Arguments missing(Question.Type type, @Nullable Object value) {
    return Arguments.of(type, value, Check.Incomplete.class);
  }

  private static Arguments misfits(Question.Type type, Object value) {
    return Arguments.of(type, value, Check.Malformed.class);
  }
}
