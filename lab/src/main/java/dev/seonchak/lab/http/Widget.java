package dev.seonchak.lab.http;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser reads in the platform's page around the widget of Toss Payments. */
record Widget(String page) {
  /** What the widget is told; the page says each in an attribute of that name. */
  private static final List<String> ASKED =
      List.of("clientKey", "orderId", "orderName", "amount", "successUrl", "failUrl");

  /** Where the widget's script leads once its button is pressed. */
  URI used() throws IOException {
    List<String> query = new ArrayList<>();
    for (String name : ASKED) {
      String attribute = name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      String value = found("data-" + attribute + "=\"([^\"]*)\"");
      query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
    URI script = URI.create(found("<script src=\"(http[^\"]+)\""));
    return script.resolve("/toss/widget?" + String.join("&", query));
  }

  private String found(String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    if (!matcher.find()) {
      throw new IOException("No " + pattern + " in " + page);
    }
    return matcher.group(1);
  }
}
