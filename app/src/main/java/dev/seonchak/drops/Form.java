package dev.seonchak.drops;

import java.util.List;
import java.util.Map;

/** The questions of a drop, in order, and the rule that says whether answers fit them. */
public record Form(List<Question> questions) {
  public Form {
    questions = List.copyOf(questions);
  }

  /**
   * Checks answers as they came out of JSON (text, integers, booleans, lists of text) by question
   * id.
   */
  public Check check(Map<String, Object> answers) {
    throw new IllegalStateException("to be written by drops");
  }

  /** What came of checking answers: Malformed wins over Incomplete. */
  public sealed interface Check {
    /** Every required question is answered and every answer fits. */
    record Complete() implements Check {}

    /** Every answer fits, but required ones are missing; {@code questions} are their ids. */
    record Incomplete(List<String> questions) implements Check {}

    /** Some answers do not fit: question id to one sentence why. */
    record Malformed(Map<String, String> reasons) implements Check {}
  }
}
