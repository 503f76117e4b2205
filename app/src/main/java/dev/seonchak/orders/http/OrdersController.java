package dev.seonchak.orders.http;

import dev.seonchak.identity.Account;
import dev.seonchak.identity.Accounts;
import dev.seonchak.orders.Changing;
import dev.seonchak.orders.Changing.Answered;
import dev.seonchak.orders.Changing.Cancelled;
import dev.seonchak.orders.Happening;
import dev.seonchak.orders.Order;
import dev.seonchak.orders.Orders;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows orders to their buyers and sellers, and lets buyers change them. */
@RestController
@Tag(name = "orders")
class OrdersController {
  /** Later years are times that PostgreSQL does not know. */
  private static final Pattern FOUR_DIGIT_YEAR = Pattern.compile("\\d{4}-");

  private final Orders orders;
  private final Changing changing;
  private final Accounts accounts;

  OrdersController(Orders orders, Changing changing, Accounts accounts) {
    this.orders = orders;
    this.changing = changing;
    this.accounts = accounts;
  }

  /** New answers in JSON. */
  record AnswersRequest(@Nullable Map<String, Object> answers) {}

  @GetMapping("/api/orders")
  @Operation(
      summary = "List one's own orders, the newest first",
      description = "Takes `cursor`: `next` of the page before.")
  @ApiResponse(responseCode = "200", description = "A page; `next` is null on the last one")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the `field`")
  Page<OrderAnswer> list(@RequestParam @Nullable String cursor, Caller caller) {
    return answers(orders.ofBuyer(caller.account(), before(cursor)));
  }

  @GetMapping("/api/orders/{id}")
  @Operation(summary = "Read an order with what was issued for it, as its buyer or its seller")
  @ApiResponse(responseCode = "200", description = "The order")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or not yours to know of")
  OrderAnswer read(@PathVariable UUID id, Caller caller) {
    return orders
        .read(new OrderId(id), caller.account())
        .map(OrderAnswer::of)
        .orElseThrow(() -> Problem.notFound("order").refusal());
  }

  @GetMapping("/api/orders/{id}/history")
  @Operation(
      summary = "Read who did what to an order when, the oldest first, as its buyer or its seller",
      description = "Takes `cursor`: `next` of the page before.")
  @ApiResponse(responseCode = "200", description = "A page; `next` is null on the last one")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or not yours to know of")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the `field`")
  Page<Happening> history(
      @PathVariable UUID id, @RequestParam @Nullable String cursor, Caller caller) {
    return orders
        .history(new OrderId(id), caller.account(), after(cursor))
        .orElseThrow(() -> Problem.notFound("order").refusal());
  }

  @PutMapping("/api/orders/{id}/answers")
  @Operation(
      summary = "Replace the answers to the drop's form",
      description =
          "Possible until the order is being paid. Required answers may still be missing, but none"
              + " of a complete form can be taken away.")
  @ApiResponse(responseCode = "200", description = "The order as it is now")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(
      responseCode = "409",
      description =
          "`answers-closed`, with the `state`; `form-incomplete`, with the missing `questions`")
  @ApiResponse(
      responseCode = "422",
      description = "`malformed-answers`, with a sentence for each question; nothing has changed")
  OrderAnswer answer(@PathVariable UUID id, @RequestBody AnswersRequest request, Caller caller) {
    if (request.answers() == null) {
      throw Problem.invalid("answers", "Answers are missing.").refusal();
    }
    return switch (changing.answer(new OrderId(id), caller.account(), request.answers())) {
      case Answered.Done(var order) -> OrderAnswer.of(order);
      case Answered.Unknown() -> throw Problem.notFound("order").refusal();
      case Answered.Closed(var state) -> throw OrderProblems.answersClosed(state);
      case Answered.Incomplete(var questions) -> throw OrderProblems.formIncomplete(questions);
      case Answered.Malformed(var reasons) -> throw OrderProblems.malformedAnswers(reasons);
    };
  }

  @DeleteMapping("/api/orders/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Cancel an order; its stock is free at once. Again changes nothing",
      description =
          "A paid one that is not shipped is refunded in full, for as long after ordering as the"
              + " drop's `cancelHours` say.")
  @ApiResponse(responseCode = "204", description = "It is cancelled")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(
      responseCode = "409",
      description =
          "`payment-in-progress`; `cannot-cancel`, with the `state`; `cancelling-over`: paid, and"
              + " `since` then too late; `refund-in-progress`")
  @ApiResponse(responseCode = "503", description = "`overloaded`: asking again is safe")
  void cancel(@PathVariable UUID id, Caller caller) throws InterruptedException {
    switch (changing.cancel(new OrderId(id), caller.account())) {
      case Cancelled.Done() -> {}
      case Cancelled.Unknown() -> throw Problem.notFound("order").refusal();
      case Cancelled.PaymentInProgress() -> throw OrderProblems.paymentInProgress();
      case Cancelled.TooLate(var since) -> throw OrderProblems.cancellingOver(since);
      case Cancelled.RefundInProgress() -> throw OrderProblems.refundInProgress();
      case Cancelled.Not(var state) -> throw OrderProblems.cannotCancel(state);
      case Cancelled.TryAgain() -> throw OrderProblems.overloaded(Duration.ofSeconds(1));
    }
  }

  @GetMapping("/api/drops/{id}/orders")
  @Operation(
      summary = "List the orders of one's own drop, the newest first",
      description = "Takes `state` (only these) and `cursor` (`next` of the page before).")
  @ApiResponse(responseCode = "200", description = "A page; `next` is null on the last one")
  @ApiResponse(responseCode = "404", description = "`not-found`: none, or somebody else's")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the `field`")
  Page<OrderAnswer> ofDrop(
      @PathVariable UUID id,
      @RequestParam @Nullable String state,
      @RequestParam @Nullable String cursor,
      Caller caller) {
    return orders
        .ofDrop(new DropId(id), caller.account(), state(state), before(cursor))
        .map(this::withNames)
        .orElseThrow(() -> Problem.notFound("drop").refusal());
  }

  /** Who bought is looked up for the whole page at once. */
  private Page<OrderAnswer> withNames(Page<Order> page) {
    Set<AccountId> buyers = page.items().stream().map(Order::buyer).collect(Collectors.toSet());
    Map<AccountId, Account> found = accounts.find(buyers);
    return new Page<>(
        page.items().stream()
            .map(order -> {
              Account buyer = found.get(order.buyer());
              return OrderAnswer.of(order).by(buyer == null ? null : buyer.name());
            })
            .toList(),
        page.next());
  }

  private static Page<OrderAnswer> answers(Page<Order> page) {
    return new Page<>(page.items().stream().map(OrderAnswer::of).toList(), page.next());
  }

  private static Order.@Nullable State state(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    return Arrays.stream(Order.State.values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.invalid("state", "There is no such state.").refusal());
  }

  private static @Nullable Instant after(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      if (FOUR_DIGIT_YEAR.matcher(cursor).lookingAt()) {
        return Instant.parse(cursor);
      }
    } catch (DateTimeParseException e) {
      // It is refused like any other that is none.
    }
    throw Problem.invalid("cursor", "This is not a cursor.").refusal();
  }

  private static @Nullable OrderId before(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      return new OrderId(UUID.fromString(cursor));
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("cursor", "This is not a cursor.").refusal();
    }
  }
}
