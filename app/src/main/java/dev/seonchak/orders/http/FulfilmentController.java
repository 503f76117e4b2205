package dev.seonchak.orders.http;

import dev.seonchak.orders.GivingBack;
import dev.seonchak.orders.Shipping;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets sellers ship what was bought, and give it back. */
@RestController
@Tag(name = "orders")
class FulfilmentController {
  private final Shipping shipping;
  private final GivingBack givingBack;

  FulfilmentController(Shipping shipping, GivingBack givingBack) {
    this.shipping = shipping;
    this.givingBack = givingBack;
  }

  /** Who brings it, in JSON. */
  record ShipRequest(@Nullable String carrier, @Nullable String trackingNumber) {}

  @PostMapping("/api/orders/{id}/ship")
  @Operation(summary = "Ship an order of one's own drop; the same again changes nothing")
  @ApiResponse(responseCode = "200", description = "The order, SHIPPED")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or of somebody else's drop")
  @ApiResponse(
      responseCode = "409",
      description = "`not-goods`; `cannot-ship`, with the `state`: only what is CONFIRMED ships")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the `field`")
  OrderAnswer ship(@PathVariable UUID id, @RequestBody ShipRequest request, Caller caller) {
    var carrier = text("carrier", request.carrier());
    var number = text("trackingNumber", request.trackingNumber());
    return switch (shipping.ship(new OrderId(id), caller.account(), carrier, number)) {
      case Shipping.Outcome.Done(var order) -> OrderAnswer.of(order);
      case Shipping.Outcome.Unknown() -> throw Problem.notFound("order").refusal();
      case Shipping.Outcome.NotGoods() -> throw OrderProblems.notGoods();
      case Shipping.Outcome.Not(var state) -> throw OrderProblems.cannotShip(state);
    };
  }

  @PostMapping("/api/orders/{id}/deliver")
  @Operation(summary = "Say that a shipped order has arrived; again changes nothing")
  @ApiResponse(responseCode = "200", description = "The order, DELIVERED")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or of somebody else's drop")
  @ApiResponse(responseCode = "409", description = "`cannot-deliver`, with the `state`")
  OrderAnswer deliver(@PathVariable UUID id, Caller caller) {
    return switch (shipping.deliver(new OrderId(id), caller.account())) {
      case Shipping.Outcome.Done(var order) -> OrderAnswer.of(order);
      case Shipping.Outcome.Unknown() -> throw Problem.notFound("order").refusal();
      case Shipping.Outcome.NotGoods() -> throw OrderProblems.notGoods();
      case Shipping.Outcome.Not(var state) -> throw OrderProblems.cannotDeliver(state);
    };
  }

  @PostMapping("/api/orders/{id}/refund")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Refund a paid order of one's own drop, in full or in part",
      description =
          """
          `amount` alone gives money back and leaves the units with the buyer; `lines` takes units \
          back at their price, or for the `amount` that is named; neither takes back and refunds all \
          that is left. `returnStock` says whether units that are taken back go on sale again. Their \
          tickets let nobody in any more. It is on record when this answers; the money follows within \
          seconds, or by hand for a bank transfer. Needs a header `Idempotency-Key`: the same key \
          with the same body gets the same answer and acts once.\
          """)
  @ApiResponse(responseCode = "201", description = "On record, now or by an earlier request")
  @ApiResponse(responseCode = "400", description = "`idempotency-key-missing`")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or of somebody else's drop")
  @ApiResponse(
      responseCode = "409",
      description =
          "`payment-in-progress`; `cannot-refund`, with the `state`; `refund-in-progress`: the"
              + " money of an earlier refund is still on its way; `too-many-refunds`, with the `most`: only"
              + " all that is left can be given back now")
  @ApiResponse(
      responseCode = "422",
      description =
          "`key-reused`; `refund-too-large`, with what is `left`; `invalid`, with the `field`")
  RefundAnswer refund(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody RefundRequest request,
      Caller caller) {
    var known = IdempotencyKey.require(key);
    return switch (givingBack.refund(new OrderId(id), caller.account(), known, request.ask())) {
      case GivingBack.Outcome.Done(var refund) -> RefundAnswer.of(refund);
      case GivingBack.Outcome.Unknown() -> throw Problem.notFound("order").refusal();
      case GivingBack.Outcome.KeyReused() -> throw OrderProblems.keyReused();
      case GivingBack.Outcome.PaymentInProgress() -> throw OrderProblems.paymentInProgress();
      case GivingBack.Outcome.Not(var state) -> throw OrderProblems.cannotRefund(state);
      case GivingBack.Outcome.RefundInProgress() -> throw OrderProblems.refundInProgress();
      case GivingBack.Outcome.TooManyParts() -> throw OrderProblems.tooManyRefunds();
      case GivingBack.Outcome.Invalid(var field, var reason) ->
          throw Problem.invalid(field, reason).refusal();
      case GivingBack.Outcome.TooMuch(var left) -> throw OrderProblems.refundTooLarge(left);
    };
  }

  private static String text(String field, @Nullable String value) {
    var text = value == null ? "" : value.strip();
    if (text.isEmpty() || text.codePointCount(0, text.length()) > Shipping.TEXT_CHARACTERS_MAX) {
      throw Problem.invalid(field, "This takes 1 to 60 characters.").refusal();
    }
    return text;
  }
}
