package dev.seonchak.drops;

import java.util.List;

/**
 * One question of a drop's form.
 *
 * @param id its name in the answers, unique in its form, for example {@code size}
 * @param choices what may be chosen, empty for types without choices
 */
public record Question(String id, String label, Type type, boolean required, List<String> choices) {
  /**
   * How a question is answered: CONSENT with true, NUMBER with an integer, CHOICES with a list, all
   * others with text.
   */
  public enum Type {
    TEXT,
    LONG_TEXT,
    NUMBER,
    CHOICE,
    CHOICES,
    PHONE,
    ADDRESS,
    CONSENT;

    /** Whether the seller lists what may be answered. */
    public boolean hasChoices() {
      return this == CHOICE || this == CHOICES;
    }
  }

  public Question {
    choices = List.copyOf(choices);
  }
}
