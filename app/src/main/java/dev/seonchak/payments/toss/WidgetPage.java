package dev.seonchak.payments.toss;

import dev.seonchak.payments.Gateway.ReturnAddress;
import dev.seonchak.payments.Payment;
import org.springframework.web.util.HtmlUtils;

/** The page around the widget: what is paid, the widget's places, and one button. */
final class WidgetPage {
  private WidgetPage() {}

  static String of(TossSettings settings, Payment payment, String name, ReturnAddress back) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Pay · Seonchak</title>
    <link rel="stylesheet" href="/assets/seonchak.css">
    <script src="%s" defer></script>
    <script src="/assets/toss.js" defer></script>
    </head>
    <body>
    <main class="narrow" id="widget" data-client-key="%s" data-order-id="%s" data-order-name="%s"
      data-amount="%d" data-success-url="%s" data-fail-url="%s">
    <h1>%s</h1>
    <p class="amount">%,d won</p>
    <div id="methods"></div>
    <div id="agreement"></div>
    <p class="problem" role="alert"></p>
    <button class="main big" disabled>Pay</button>
    <p><a href="/orders/%s">Back to the order</a></p>
    </main>
    </body>
    </html>
    """
        .formatted(
            HtmlUtils.htmlEscape(settings.script().toString()),
            HtmlUtils.htmlEscape(settings.clientKey()),
            TossOrderId.of(payment),
            HtmlUtils.htmlEscape(name),
            payment.amount().amount(),
            HtmlUtils.htmlEscape(back.approved().toString()),
            HtmlUtils.htmlEscape(back.failed().toString()),
            HtmlUtils.htmlEscape(name),
            payment.amount().amount(),
            payment.order());
  }
}
