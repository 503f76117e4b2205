package dev.seonchak.payments.postgres;

import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.PaymentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;

/** How a payment stands in its row. */
final class PaymentRows {
  /** What a gateway says may be long; what is kept of it for people is not. */
  private static final int DETAIL_CHARACTERS_MAX = 500;

  static final String COLUMNS =
      """
      id, order_id, buyer_id, gateway, state, amount, captured, refunded, gateway_id, proof,
      return_token, reason, asked, session_ends < clock_timestamp() as session_over
      """;

  private PaymentRows() {}

  static boolean one(int rows) {
    return rows == 1;
  }

  static String[] names(Set<State> states) {
    return states.stream().map(State::name).toArray(String[]::new);
  }

  /** PostgreSQL stores no NUL, and a gateway may send anything. */
  static String shortened(String detail) {
    var text = detail.replace("\0", "");
    return text.length() <= DETAIL_CHARACTERS_MAX ? text : text.substring(0, DETAIL_CHARACTERS_MAX);
  }

  static Payment payment(ResultSet row, int number) throws SQLException {
    var reason = row.getString("reason");
    return new Payment(
        new PaymentId(row.getObject("id", UUID.class)),
        new OrderId(row.getObject("order_id", UUID.class)),
        new AccountId(row.getObject("buyer_id", UUID.class)),
        row.getString("gateway"),
        State.valueOf(row.getString("state")),
        new Money(row.getLong("amount")),
        new Money(row.getLong("captured")),
        new Money(row.getLong("refunded")),
        row.getString("gateway_id"),
        row.getString("proof"),
        row.getString("return_token"),
        reason == null ? null : Reason.valueOf(reason),
        row.getInt("asked"),
        row.getBoolean("session_over"));
  }
}
