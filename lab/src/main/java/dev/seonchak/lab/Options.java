package dev.seonchak.lab;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands on the command line after the subcommand: {@code --name value} or {@code --name}
 * alone.
 */
record Options(Map<String, String> values) {
  private static final Set<String> ALONE = Set.of("quick", "http");

  Options {
    values = Map.copyOf(values);
  }

  /**
   * @param known names that this subcommand understands
   * @throws WrongUse for anything else
   */
  static Options parse(List<String> words, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String name = word.startsWith("--") ? word.substring(2) : "";
      if (!known.contains(name)) {
        throw new WrongUse("there is no option " + word);
      }
      if (ALONE.contains(name)) {
        values.put(name, "true");
      } else if (++i < words.size()) {
        values.put(name, words.get(i));
      } else {
        throw new WrongUse("option " + word + " needs a value");
      }
    }
    return new Options(values);
  }

  /** These without the rest, for a part of the run that understands no others. */
  Options only(Set<String> known) {
    Map<String, String> some = new HashMap<>(values);
    some.keySet().retainAll(known);
    return new Options(some);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** A number from 1. */
  int number(String name, int otherwise) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is out of range.
    }
    throw new WrongUse("option --" + name + " takes a number from 1, not " + text);
  }

  List<String> list(String name, String otherwise) {
    return Arrays.asList(text(name, otherwise).split(","));
  }

  /** The command line cannot be understood; the message is one sentence. */
  static final class WrongUse extends RuntimeException {
    WrongUse(String sentence) {
      super(sentence);
    }
  }
}
