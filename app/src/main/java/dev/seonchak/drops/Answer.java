package dev.seonchak.drops;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one value is as an answer to one question. */
sealed interface Answer {
  /** The value answers the question. */
  record Fits() implements Answer {}

  /** Nothing was answered: no value, blank text, an empty list, a consent not given. */
  record Missing() implements Answer {}

  /** The value can never answer this question; one sentence says why. */
  record Misfit(String reason) implements Answer {}

  /** E.164; or a Korean number of an area, a mobile, or a nationwide service such as 1588-1234. */
  Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}|0[0-9]{7,11}|1[0-9]{7}");

  /** What people write between the digits. */
  Pattern PHONE_PUNCTUATION = Pattern.compile("[ ().-]");

  static Answer to(Question question, @Nullable Object value) {
    if (value == null) {
      return new Missing();
    }
    var limits = Limits.STANDARD;
    return switch (question.type()) {
      case TEXT -> text(value, limits.textCharactersMax());
      case LONG_TEXT -> text(value, limits.longTextCharactersMax());
      case ADDRESS -> text(value, limits.addressCharactersMax());
      case NUMBER -> number(value);
      case CHOICE -> choice(question, value);
      case CHOICES -> choices(question, value);
      case PHONE -> phone(value, limits.phoneCharactersMax());
      case CONSENT -> consent(value);
    };
  }

  private static Answer text(Object value, int charactersMax) {
    if (!(value instanceof String text)) {
      return new Misfit("This is answered with text.");
    }
    if (text.codePointCount(0, text.length()) > charactersMax) {
      return new Misfit("This takes at most " + charactersMax + " characters.");
    }
    return text.isBlank() ? new Missing() : new Fits();
  }

  private static Answer number(Object value) {
    var whole =
        value instanceof Integer
            || value instanceof Long
            || (value instanceof BigInteger big && big.bitLength() < Long.SIZE);
    return whole ? new Fits() : new Misfit("This is answered with a whole number of 64 bits.");
  }

  private static Answer choice(Question question, Object value) {
    if (!(value instanceof String choice)) {
      return new Misfit("This is answered with one of the choices.");
    }
    if (choice.isBlank()) {
      return new Missing();
    }
    return question.choices().contains(choice)
        ? new Fits()
        : new Misfit("This is not one of the choices.");
  }

  private static Answer choices(Question question, Object value) {
    if (!(value instanceof List<?> chosen)) {
      return new Misfit("This is answered with a list of choices.");
    }
    // A set, unlike an unmodifiable list, may be asked for null.
    if (!new HashSet<Object>(question.choices()).containsAll(chosen)) {
      return new Misfit("This is not a list of the choices.");
    }
    if (new HashSet<Object>(chosen).size() < chosen.size()) {
      return new Misfit("A choice can be taken once.");
    }
    return chosen.isEmpty() ? new Missing() : new Fits();
  }

  private static Answer phone(Object value, int charactersMax) {
    var asText = text(value, charactersMax);
    if (!(asText instanceof Fits)) {
      return asText;
    }
    var digits = PHONE_PUNCTUATION.matcher((String) value).replaceAll("");
    return PHONE.matcher(digits).matches() ? new Fits() : new Misfit("This is not a phone number.");
  }

  private static Answer consent(Object value) {
    if (!(value instanceof Boolean given)) {
      return new Misfit("This is answered with true or false.");
    }
    return given ? new Fits() : new Missing();
  }
}
