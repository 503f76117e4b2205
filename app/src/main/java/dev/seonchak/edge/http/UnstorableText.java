package dev.seonchak.edge.http;

import dev.seonchak.shared.Problem;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Refuses what PostgreSQL cannot store as text: NUL, and surrogates that are not in pairs. In JSON
 * they can only hide behind an escape or in bytes that are no UTF-8, so most documents are cleared
 * by one look at their bytes.
 */
final class UnstorableText {
  private UnstorableText() {}

  static void refuse(byte[] json) {
    if (!isSuspicious(json)) {
      return;
    }
    try (JsonParser parser = StrictJson.MAPPER.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if ((token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING)
            && !isStorable(parser.getString())) {
          throw Problem.invalid("body", "A text holds NUL or half a character.").refusal();
        }
      }
    } catch (tools.jackson.core.JacksonException e) {
      // Whoever reads the document next says what is wrong with it.
    }
  }

  /** An escape by number, or a byte that begins an encoded surrogate. */
  private static boolean isSuspicious(byte[] json) {
    for (int i = 0; i < json.length - 1; i++) {
      byte here = json[i];
      if ((here == '\\' && json[i + 1] == 'u')
          || (here == (byte) 0xED && (json[i + 1] & 0x20) != 0)) {
        return true;
      }
    }
    return false;
  }

  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char here = text.charAt(i);
      if (here == 0) {
        return false;
      }
      if (Character.isSurrogate(here)) {
        boolean pair =
            Character.isHighSurrogate(here)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
