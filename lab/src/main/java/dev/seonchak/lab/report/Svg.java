package dev.seonchak.lab.report;

import java.util.Locale;

/**
 * Writes elements of an SVG picture, one after the other. Attributes come in pairs of name and
 * value; whatever is given as a value or as words is escaped. Not thread-safe.
 */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  /** A part of the width of whatever the element stands in, so that a picture fits any screen. */
  static String share(double fraction) {
    return String.format(Locale.ROOT, "%.2f%%", fraction * 100);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  Svg shape(String name, Object... attributes) {
    begin(name, attributes);
    out.setLength(out.length() - 1);
    out.append("/>");
    return this;
  }

  /** A shape that says something when one points at it. */
  Svg shapeSaying(String words, String name, Object... attributes) {
    begin(name, attributes);
    out.append("<title>").append(escaped(words)).append("</title>");
    return end(name);
  }

  Svg words(String words, Object... attributes) {
    begin("text", attributes);
    out.append(escaped(words));
    return end("text");
  }

  Svg begin(String name, Object... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("an attribute of " + name + " has no value");
    }
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escaped(String.valueOf(attributes[i + 1]))).append('"');
    }
    out.append('>');
    return this;
  }

  Svg end(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  Svg add(Svg other) {
    out.append(other.out);
    return this;
  }

  static String escaped(String words) {
    StringBuilder safe = new StringBuilder(words.length() + 16);
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        // XML has no way to write the other control characters.
        default -> safe.append(c < ' ' && c != '\t' && c != '\n' ? ' ' : c);
      }
    }
    return safe.toString();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
