package dev.seonchak.drops;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The questions of a drop, in order, and the rule that says whether answers fit them. */
public record Form(List<Question> questions) {
  public Form {
    questions = List.copyOf(questions);
  }

  /**
   * Checks answers as they came out of JSON (text, integers, booleans, lists of text) by question
   * id. A null, blank text and an empty list count as not answered.
   */
  public Check check(Map<String, Object> answers) {
    var reasons = new LinkedHashMap<String, String>();
    var missing = new ArrayList<String>();
    var asked = 0;
    for (var question : questions) {
      asked += answers.containsKey(question.id()) ? 1 : 0;
      switch (Answer.to(question, answers.get(question.id()))) {
        case Answer.Fits() -> {}
        case Answer.Missing() when question.required() -> missing.add(question.id());
        case Answer.Missing() -> {}
        case Answer.Misfit(var reason) -> reasons.put(question.id(), reason);
      }
    }
    if (asked < answers.size()) {
      reasons.putAll(notAsked(answers));
    }
    if (!reasons.isEmpty()) {
      return new Check.Malformed(reasons);
    }
    return missing.isEmpty() ? new Check.Complete() : new Check.Incomplete(missing);
  }

  /** The first few answers to questions that are not here; somebody may send very many. */
  private Map<String, String> notAsked(Map<String, Object> answers) {
    var ids = questions.stream().map(Question::id).toList();
    var reasons = new LinkedHashMap<String, String>();
    answers.keySet().stream()
        .filter(id -> !ids.contains(id))
        .limit(Limits.STANDARD.questionsMax())
        .forEach(id -> reasons.put(shortened(id), "This is not asked."));
    return reasons;
  }

  private static String shortened(String id) {
    var charactersMax = Limits.STANDARD.questionIdCharactersMax();
    return id.codePointCount(0, id.length()) <= charactersMax
        ? id
        : id.substring(0, id.offsetByCodePoints(0, charactersMax)) + "…";
  }

  /** What came of checking answers: Malformed wins over Incomplete. */
  public sealed interface Check {
    /** Every required question is answered and every answer fits. */
    record Complete() implements Check {}

    /** Every answer fits, but required ones are missing; {@code questions} are their ids. */
    record Incomplete(List<String> questions) implements Check {
      public Incomplete {
        questions = List.copyOf(questions);
      }
    }

    /** Some answers do not fit: question id to one sentence why, in the form's order. */
    record Malformed(Map<String, String> reasons) implements Check {
      public Malformed {
        reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
      }
    }
  }
}
