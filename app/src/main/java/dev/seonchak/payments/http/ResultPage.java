package dev.seonchak.payments.http;

import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Payment.Reason;
import org.jspecify.annotations.Nullable;

/** The page that says what became of a payment to a browser that has no session. */
final class ResultPage {
  private ResultPage() {}

  static String of(Payment payment) {
    var link = "<p><a href=\"/orders/" + payment.order() + "\">To the order</a></p>";
    // Looks again by itself for as long as the gateway has not said what became of it.
    var refresh = payment.unanswered() ? "<meta http-equiv=\"refresh\" content=\"2\">" : "";
    return page(title(payment), sentence(payment), refresh, link);
  }

  static String unknown() {
    return page("No such payment", "This address does not belong to a payment.", "", "");
  }

  private static String title(Payment payment) {
    return switch (payment.state()) {
      case READY -> "Not paid yet";
      case APPROVING, UNKNOWN -> "Being confirmed";
      case APPROVED -> "Paid";
      case FAILED -> "Not charged";
      case REFUNDING, REFUNDED -> "Refunded";
    };
  }

  private static String sentence(Payment payment) {
    return switch (payment.state()) {
      case READY -> "Nothing has been charged. Another window may be paying this order.";
      case APPROVING, UNKNOWN ->
          "We are asking the payment company. Your order is kept for you; do not pay again.";
      case APPROVED -> "Thank you. Your order is paid.";
      case FAILED -> why(payment.reason());
      case REFUNDING, REFUNDED -> back(payment);
    };
  }

  private static String back(Payment payment) {
    var over = payment.state() == Payment.State.REFUNDED;
    if (payment.reason() == Reason.SELLER || payment.reason() == Reason.BUYER) {
      return over
          ? "Your order was paid, and all of its money went back to you."
          : "Your order was paid, and money of it is on its way back to you.";
    }
    return over
        ? "The order could not take your payment, and it went back in full."
        : "The order could not take your payment, and it is on its way back in full.";
  }

  private static String why(@Nullable Reason reason) {
    if (reason == Reason.ORDER_EXPIRED) {
      return "The order had expired and could not be held again. Nothing was charged.";
    }
    if (reason == Reason.ORDER_GONE) {
      return "The order was already paid or cancelled. Nothing was charged by this payment.";
    }
    if (reason == Reason.CANCELLED) {
      return "You turned back at the payment company. Nothing was charged.";
    }
    return "The payment company did not go through with it. Nothing was charged.";
  }

  private static String page(String title, String sentence, String head, String link) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    %s
    <title>%s</title>
    </head>
    <body><main><h1>%s</h1><p role="status">%s</p>%s</main></body>
    </html>
    """
        .formatted(head, title, title, sentence, link);
  }
}
