package dev.seonchak.payments;

import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Money;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.PaymentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All payments by bank transfer. */
public interface Deposits {
  /** What stands for a gateway in such a payment. */
  String GATEWAY = "bank-transfer";

  /**
   * Writes what a payment waits for.
   *
   * @return false when another deposit into the same account has that name
   */
  boolean add(Deposit deposit);

  Optional<Deposit> find(PaymentId id);

  /** Those of an order, the oldest first. */
  List<Deposit> of(OrderId order);

  /**
   * Those of a drop, the newest first, at most 50.
   *
   * @param stage only these, null for all
   * @param before the cursor: only payments made before this one
   */
  Page<Deposit> of(DropId drop, Deposit.@Nullable Stage stage, @Nullable PaymentId before);

  /** What has to be sent back by hand now, by payment; nothing for those that owe nothing. */
  Map<PaymentId, Owed> owed(Set<PaymentId> payments);

  /** Whether this refund of a payment was sent back already. */
  boolean isSentBack(PaymentId payment, UUID refund);

  /** Money that has to be sent back by hand. */
  record Owed(UUID refund, Money amount) {}
}
