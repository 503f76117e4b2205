package dev.seonchak.shared;

import java.util.Map;

/**
 * A refusal as RFC 9457 tells it.
 *
 * @param status the HTTP status, 4xx or 503
 * @param type the stable name after {@code /problems/}, for example {@code sold-out}
 * @param title one sentence for a person
 * @param members further members of the document, by name
 */
public record Problem(int status, String type, String title, Map<String, Object> members) {
  public Problem {
    members = Map.copyOf(members);
  }

  public static Problem of(int status, String type, String title) {
    return new Problem(status, type, title, Map.of());
  }

  /** What is not there, or not the caller's to know of. */
  public static Problem notFound(String what) {
    return of(404, "not-found", "There is no such " + what + ".");
  }

  /** A value that is understood but not acceptable; {@code field} is its path in the document. */
  public static Problem invalid(String field, String title) {
    return new Problem(422, "invalid", title, Map.of("field", field));
  }

  public Problem with(String member, Object value) {
    var all = new java.util.HashMap<>(members);
    all.put(member, value);
    return new Problem(status, type, title, all);
  }

  /** The problem as something to throw from an {@code http} package; it carries no stack trace. */
  public Refusal refusal() {
    return new Refusal(this);
  }
}
