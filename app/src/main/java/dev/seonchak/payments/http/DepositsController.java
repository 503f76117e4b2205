package dev.seonchak.payments.http;

import dev.seonchak.orders.Orders;
import dev.seonchak.payments.BankTransfers;
import dev.seonchak.payments.BankTransfers.Outcome;
import dev.seonchak.payments.Deposit;
import dev.seonchak.payments.Deposits;
import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Payments;
import dev.seonchak.payments.Refusals;
import dev.seonchak.payments.RefusedRefunds;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.PaymentId;
import dev.seonchak.shared.Problem;
import dev.seonchak.shared.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows how orders are paid, and lets sellers follow bank transfers. */
@RestController
@Tag(name = "payments")
class DepositsController {
  /** Which refund was sent by hand. */
  record SentBack(UUID refundId) {}

  private final BankTransfers bankTransfers;
  private final Payments payments;
  private final Deposits deposits;
  private final Refusals refusals;
  private final RefusedRefunds refusedRefunds;
  private final Orders orders;

  DepositsController(
      BankTransfers bankTransfers,
      Payments payments,
      Deposits deposits,
      Refusals refusals,
      RefusedRefunds refusedRefunds,
      Orders orders) {
    this.bankTransfers = bankTransfers;
    this.payments = payments;
    this.deposits = deposits;
    this.refusals = refusals;
    this.refusedRefunds = refusedRefunds;
    this.orders = orders;
  }

  @GetMapping("/api/orders/{id}/payments")
  @Operation(
      summary = "List the payments of an order, the oldest first, as its buyer or its seller",
      description =
          "One by bank transfer says where the money goes, under which name, until when. `refused`"
              + " is a refund that the payment company refuses for good: its money is the order's"
              + " again unless the order never could take it, and it needs a hand until it was"
              + " refunded in another way or sent by hand.")
  @ApiResponse(responseCode = "200", description = "At most 20 payments")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or not yours to know of")
  List<PaymentAnswer> ofOrder(@PathVariable UUID id, Caller caller) {
    var order = new OrderId(id);
    if (orders.read(order, caller.account()).isEmpty()) {
      throw Problem.notFound("order").refusal();
    }
    var byTransfer =
        deposits.of(order).stream()
            .collect(Collectors.toMap(deposit -> deposit.payment().id(), deposit -> deposit));
    var owed = deposits.owed(byTransfer.keySet());
    var all = payments.of(order);
    var refused = refusals.of(all.stream().map(Payment::id).collect(Collectors.toSet()));
    return all.stream()
        .map(payment -> {
          var deposit = byTransfer.get(payment.id());
          return deposit == null
              ? PaymentAnswer.of(payment, refused.get(payment.id()))
              : PaymentAnswer.of(deposit, owed.get(payment.id()));
        })
        .toList();
  }

  @GetMapping("/api/drops/{id}/deposits")
  @Operation(
      summary = "List the bank transfers of one's own drop, the newest first",
      description =
          "Takes `stage` (AWAITED, MISSED, ARRIVED, OWED: to be sent back by hand, SENT_BACK) and"
              + " `cursor` (`next` of the page before).")
  @ApiResponse(responseCode = "200", description = "A page; `next` is null on the last one")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the `field`")
  Page<PaymentAnswer> ofDrop(
      @PathVariable UUID id,
      @RequestParam @Nullable String stage,
      @RequestParam @Nullable String cursor,
      Caller caller) {
    var page =
        bankTransfers
            .ofDrop(new DropId(id), caller.account(), stage(stage), before(cursor))
            .orElseThrow(() -> Problem.notFound("drop").refusal());
    var owed =
        deposits.owed(
            page.items().stream().map(one -> one.payment().id()).collect(Collectors.toSet()));
    return new Page<>(
        page.items().stream()
            .map(one -> PaymentAnswer.of(one, owed.get(one.payment().id())))
            .toList(),
        page.next());
  }

  @PostMapping("/api/payments/{id}/deposit")
  @Operation(
      summary = "Say that a bank transfer is in one's account, in full",
      description =
          "In time it pays its order. After the deadline it does so too while there is stock, and"
              + " else it is OWED: to be sent back by hand. Again changes nothing.")
  @ApiResponse(responseCode = "200", description = "The payment; its `stage` says what it came to")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(responseCode = "409", description = "`payment-in-progress`: say it again later")
  PaymentAnswer arrived(@PathVariable UUID id, Caller caller) {
    return answer(bankTransfers.arrived(new PaymentId(id), caller.account()));
  }

  @PostMapping("/api/payments/{id}/sent-back")
  @Operation(
      summary = "Say that money was sent back by hand; again changes nothing",
      description =
          "Takes the `refundId` that a deposit shows together with what is `owed`, or that a payment"
              + " shows as `refused` by its company.")
  @ApiResponse(responseCode = "200", description = "The payment as it is now")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(responseCode = "409", description = "`nothing-owed` by this refund")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the `field`")
  PaymentAnswer sentBack(@PathVariable UUID id, @RequestBody SentBack request, Caller caller) {
    var payment = new PaymentId(id);
    return deposits.find(payment).isPresent()
        ? answer(bankTransfers.sentBack(payment, request.refundId(), caller.account()))
        : switch (refusedRefunds.sentByHand(payment, request.refundId(), caller.account())) {
          case RefusedRefunds.Outcome.Done(var now) ->
              PaymentAnswer.of(now, refusals.of(Set.of(payment)).get(payment));
          case RefusedRefunds.Outcome.Unknown() -> throw Problem.notFound("payment").refusal();
          case RefusedRefunds.Outcome.NothingOwed() -> throw nothingOwed();
        };
  }

  private static Refusal nothingOwed() {
    return Problem.of(
            409, "nothing-owed", "Nothing of this payment has to be sent back by this refund.")
        .refusal();
  }

  private PaymentAnswer answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var deposit) -> {
        var id = deposit.payment().id();
        yield PaymentAnswer.of(deposit, deposits.owed(Set.of(id)).get(id));
      }
      case Outcome.Unknown() -> throw Problem.notFound("payment").refusal();
      case Outcome.PaymentInProgress() ->
          throw Problem.of(409, "payment-in-progress", "The order is being paid at this moment.")
              .refusal();
      case Outcome.NothingOwed() -> throw nothingOwed();
    };
  }

  private static Deposit.@Nullable Stage stage(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    return Arrays.stream(Deposit.Stage.values())
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.invalid("stage", "There is no such stage.").refusal());
  }

  private static @Nullable PaymentId before(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      return new PaymentId(UUID.fromString(cursor));
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("cursor", "This is not a cursor.").refusal();
    }
  }
}
