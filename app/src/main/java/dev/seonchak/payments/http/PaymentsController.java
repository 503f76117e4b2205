package dev.seonchak.payments.http;

import dev.seonchak.payments.Deposits;
import dev.seonchak.payments.Starting;
import dev.seonchak.payments.Starting.Outcome;
import dev.seonchak.payments.StartingDeposit;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.OrderId;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starting to pay. */
@RestController
@Tag(name = "payments")
class PaymentsController {
  private final Starting starting;
  private final StartingDeposit startingDeposit;

  PaymentsController(Starting starting, StartingDeposit startingDeposit) {
    this.starting = starting;
    this.startingDeposit = startingDeposit;
  }

  /**
   * How to pay.
   *
   * @param depositName begins the sender's name of a bank transfer, at most 15 characters; a code
   *     follows it, or is all of it when this is missing
   */
  record NewPayment(@Nullable String gateway, @Nullable String depositName) {}

  /** Where the buyer's browser goes now. */
  record Started(UUID id, URI redirectUrl) {}

  @PostMapping("/api/orders/{id}/payments")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Start paying an order",
      description =
          "Takes the name of a gateway that is set up here, such as `kakaopay`. Amount and buyer are the order's."
              + " Gives the address of the page, the gateway's or ours with its widget, to which the"
              + " buyer's browser goes next."
              + " `bank-transfer`, where the drop takes it, makes the order wait for a deposit:"
              + " `GET /api/orders/{id}/payments` says where it goes and under which name.")
  @ApiResponse(responseCode = "201", description = "The payment has started.")
  @ApiResponse(responseCode = "404", description = "`not-found`: no such order of the caller.")
  @ApiResponse(
      responseCode = "409",
      description =
          "`form-incomplete`, with the missing `questions`; `not-payable`, with the order's"
              + " `state`; `too-many-payments`.")
  @ApiResponse(responseCode = "422", description = "`invalid`: no such gateway.")
  @ApiResponse(
      responseCode = "503",
      description = "`gateway-unavailable`: the gateway did not answer; try again, or another.")
  Started start(
      Caller caller,
      @PathVariable UUID id,
      @RequestBody NewPayment request,
      @RequestHeader(name = "User-Agent", defaultValue = "") String browser) {
    if (request.gateway() == null) {
      throw Problem.invalid("gateway", "Name a gateway.").refusal();
    }
    return switch (start(new OrderId(id), caller, request, request.gateway())) {
      case Outcome.Started started ->
          new Started(
              started.payment().value(),
              browser.contains("Mobi") ? started.phone() : started.desktop());
      case Outcome.UnknownOrder _ -> throw Problem.notFound("order").refusal();
      case Outcome.FormIncomplete form ->
          throw Problem.of(409, "form-incomplete", "The form has questions without an answer.")
              .with("questions", form.questions())
              .refusal();
      case Outcome.NotPayable not ->
          throw Problem.of(409, "not-payable", "This order cannot be paid any more.")
              .with("state", not.state().name())
              .refusal();
      case Outcome.UnknownGateway unknown ->
          throw Problem.invalid("gateway", "There is no such gateway.")
              .with("gateways", unknown.names())
              .refusal();
      case Outcome.TooMany _ ->
          throw Problem.of(409, "too-many-payments", "This order was tried to be paid too often.")
              .refusal();
      case Outcome.Unavailable _ ->
          throw Problem.of(503, "gateway-unavailable", "The payment company does not answer.")
              .refusal();
    };
  }

  private Outcome start(OrderId order, Caller caller, NewPayment request, String gateway) {
    return gateway.equals(Deposits.GATEWAY)
        ? startingDeposit.start(order, caller.account(), depositName(request.depositName()))
        : starting.start(order, caller.account(), gateway);
  }

  private static @Nullable String depositName(@Nullable String name) {
    if (name == null) {
      return null;
    }
    var text = name.strip();
    if (text.isEmpty()
        || text.codePointCount(0, text.length()) > StartingDeposit.WISH_CHARACTERS_MAX) {
      throw Problem.invalid("depositName", "A name has 1 to 15 characters.").refusal();
    }
    return text;
  }
}
