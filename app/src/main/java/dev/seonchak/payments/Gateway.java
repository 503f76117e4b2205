package dev.seonchak.payments;

import dev.seonchak.shared.Money;
import dev.seonchak.shared.PaymentId;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payment company. Every call goes over the network, so none is made in a transaction or under a
 * lock, and each may end in {@link NoAnswer}, which is neither a yes nor a no. Implementations are
 * used by many threads at once.
 */
public interface Gateway {
  /** The name in the interface, in rows and in metrics, for example {@code kakaopay}. */
  String name();

  /** What a buyer who chooses among gateways reads. */
  default String title() {
    return name();
  }

  /** How long after {@code ready} an attempt may still capture money. */
  Duration session();

  /** No call takes longer than this, whatever the other side does. */
  Duration answersWithin();

  /** What the gateway was told of the payment and must say again when it captures. */
  String reference(Payment payment);

  /**
   * Picks out of a return address what {@code approve} needs.
   *
   * @return null when the address does not carry it
   */
  @Nullable String proof(Payment payment, Map<String, String> returned);

  /** Why the gateway sent the buyer to the address for failures. */
  default Payment.Reason turnedBack(Map<String, String> returned) {
    return Payment.Reason.DECLINED;
  }

  /**
   * Which payment a webhook speaks of. It is only a hint, since anybody may have sent it: nothing
   * else in it is believed.
   */
  default Optional<PaymentId> hinted(JsonNode told) {
    return Optional.empty();
  }

  /** Tells the gateway of a payment, before the buyer is sent there. */
  Readiness ready(Purchase purchase);

  /** Captures the money. Never called twice for a payment without a {@code query} in between. */
  Approval approve(Payment payment);

  /** Asks what became of a payment. */
  Finding query(Payment payment);

  /**
   * Gives money back.
   *
   * @param refund which refund; what an earlier one was refused with says nothing about this one
   * @param left what the gateway still has by our books; it must refuse when that is not so
   */
  Cancellation cancel(Payment payment, UUID refund, Money amount, Money left);

  /**
   * What {@code ready} tells.
   *
   * @param name what is bought, at most 100 characters
   */
  record Purchase(Payment payment, String name, int quantity, ReturnAddress back) {}

  /**
   * Where the gateway sends the buyer's browser afterwards.
   *
   * @param page a page of ours, for a gateway that wants to be opened from one
   */
  record ReturnAddress(URI approved, URI cancelled, URI failed, URI page) {}

  /** What came of {@code ready}. */
  sealed interface Readiness {}

  /** What came of {@code approve}. */
  sealed interface Approval {}

  /** What came of {@code query}. */
  sealed interface Finding {}

  /** What came of {@code cancel}. */
  sealed interface Cancellation {}

  /**
   * The attempt is known there, and the buyer is sent there.
   *
   * @param gatewayId what the gateway calls it, null when it does not say yet
   * @param desktop where a large screen goes
   * @param phone where a phone goes
   */
  record Ready(@Nullable String gatewayId, URI desktop, URI phone) implements Readiness {}

  /** The gateway will not do this, for a reason that asking again does not change. */
  record Refused(String why) implements Readiness, Cancellation {}

  /**
   * Money was captured.
   *
   * @param left what is left of it after refunds
   * @param reference what the gateway says it was for, null when it does not say
   * @param gatewayId what the gateway calls the attempt, null when {@code ready} has said it
   */
  record Captured(Money amount, Money left, @Nullable String reference, @Nullable String gatewayId)
      implements Approval, Finding {
    public Captured(Money amount, Money left, @Nullable String reference) {
      this(amount, left, reference, null);
    }
  }

  /** A definite no: this attempt has captured nothing. */
  record Declined(String why) implements Approval, Finding {}

  /** Nothing captured so far, but the session may still capture. */
  record StillOpen(String status) implements Finding {}

  /** The money went back. */
  record Cancelled(Money left) implements Cancellation {}

  /** Nobody knows: no answer, half an answer, or one that says to ask. */
  record NoAnswer(String why) implements Readiness, Approval, Finding, Cancellation {}
}
