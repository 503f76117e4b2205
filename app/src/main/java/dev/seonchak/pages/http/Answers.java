package dev.seonchak.pages.http;

import java.util.List;
import java.util.Map;

/** What a form's fields show of the answers given so far. */
public record Answers(Map<String, Object> given) {
  public String text(String question) {
    Object answer = given.get(question);
    return answer == null ? "" : answer.toString();
  }

  public boolean ticked(String question) {
    return Boolean.TRUE.equals(given.get(question));
  }

  public boolean chosen(String question, String choice) {
    return given.get(question) instanceof List<?> choices && choices.contains(choice);
  }
}
