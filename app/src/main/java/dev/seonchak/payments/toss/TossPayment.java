package dev.seonchak.payments.toss;

import dev.seonchak.payments.Gateway.Captured;
import dev.seonchak.payments.Gateway.Declined;
import dev.seonchak.payments.Gateway.Finding;
import dev.seonchak.payments.Gateway.NoAnswer;
import dev.seonchak.payments.Gateway.StillOpen;
import dev.seonchak.payments.Payment;
import dev.seonchak.shared.Money;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The object {@code Payment} in which Toss Payments answers every call. */
final class TossPayment {
  private TossPayment() {}

  static Finding finding(JsonNode body) {
    var status = text(body, "status").orElse("");
    return switch (status) {
      case "READY", "IN_PROGRESS", "WAITING_FOR_DEPOSIT" -> new StillOpen(status);
      case "ABORTED", "EXPIRED" ->
          new Declined(status + " " + body.path("failure").path("code").asStringOpt().orElse(""));
      case "DONE", "PARTIAL_CANCELED", "CANCELED" -> captured(body, status);
      default -> new NoAnswer("a payment with status '" + status + "'");
    };
  }

  private static Finding captured(JsonNode body, String status) {
    var total = body.path("totalAmount").longValueOpt();
    var left = left(body);
    var reference = reference(body);
    return total.isEmpty() || total.getAsLong() <= 0 || left.isEmpty() || reference.isEmpty()
        ? new NoAnswer("a payment with status " + status + " without amounts or number")
        : new Captured(
            new Money(total.getAsLong()), left.get(), reference.get(), key(body).orElse(null));
  }

  /** Whether the company says that this is the attempt that we mean. */
  static boolean isOf(JsonNode body, Payment payment) {
    return text(body, "orderId").filter(TossOrderId.of(payment)::equals).isPresent();
  }

  static Optional<String> key(JsonNode body) {
    return text(body, "paymentKey");
  }

  static Optional<Money> left(JsonNode body) {
    var left = body.path("balanceAmount").longValueOpt();
    return left.isPresent() && left.getAsLong() >= 0
        ? Optional.of(new Money(left.getAsLong()))
        : Optional.empty();
  }

  /** Amounts are in won; an answer in another currency is about another purchase than ours. */
  private static Optional<String> reference(JsonNode body) {
    var currency = text(body, "currency").orElse("KRW");
    return text(body, "orderId")
        .map(order -> currency.equals("KRW") ? order : order + " in " + currency);
  }

  private static Optional<String> text(JsonNode body, String name) {
    return body.path(name).stringValueOpt().filter(text -> !text.isEmpty());
  }
}
