package dev.seonchak.payments.toss;

import java.util.List;
import java.util.stream.Collectors;

/** What a browser may load into the page around the widget: the company's own and ours. */
final class WidgetPolicy {
  private static final String COMPANY = "https://*.tosspayments.com https://*.toss.im";

  private WidgetPolicy() {}

  /** The header {@code Content-Security-Policy}. */
  static String of(TossSettings settings) {
    var script = settings.script();
    var theirs = " " + script.getScheme() + "://" + script.getAuthority() + " " + COMPANY;
    var shared =
        List.of(
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-src");
    return shared.stream()
        .map(what -> what + theirs)
        .collect(
            Collectors.joining(
                "; ",
                "default-src 'self'; ",
                "; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"));
  }
}
