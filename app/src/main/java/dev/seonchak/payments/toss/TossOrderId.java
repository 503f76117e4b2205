package dev.seonchak.payments.toss;

import dev.seonchak.payments.Payment;
import dev.seonchak.shared.PaymentId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * The number under which Toss Payments knows an attempt: the order's id, by which people find it,
 * and the payment's id in 22 characters, by which we do. Together 59 of the 64 that it may have,
 * all of them letters, digits, {@code -} and {@code _}. One attempt never shares it with another.
 */
final class TossOrderId {
  private static final int ORDER_CHARACTERS = 36;
  private static final int PAYMENT_CHARACTERS = 22;
  private static final int CHARACTERS = ORDER_CHARACTERS + 1 + PAYMENT_CHARACTERS;

  private TossOrderId() {}

  static String of(Payment payment) {
    var id = payment.id().value();
    var bytes = ByteBuffer.allocate(2 * Long.BYTES);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    return payment.order() + "_" + text;
  }

  /** The payment that such a number names, empty when it is none. */
  static Optional<PaymentId> payment(String orderId) {
    if (orderId.length() != CHARACTERS || orderId.charAt(ORDER_CHARACTERS) != '_') {
      return Optional.empty();
    }
    try {
      var bytes =
          ByteBuffer.wrap(
              Base64.getUrlDecoder().decode(orderId.substring(CHARACTERS - PAYMENT_CHARACTERS)));
      return Optional.of(new PaymentId(new UUID(bytes.getLong(), bytes.getLong())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
