package dev.seonchak.orders.http;

import dev.seonchak.orders.Placed;
import dev.seonchak.orders.Placing;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders. */
@RestController
@Tag(name = "orders")
class PlacingController {
  private final Placing placing;

  PlacingController(Placing placing) {
    this.placing = placing;
  }

  @PostMapping("/api/drops/{id}/orders")
  @Operation(
      summary = "Hold stock of a drop",
      description =
          """
          Takes all lines or none and holds them until `expiresAt`. Answers may come with it or \
          later. Needs a header `Idempotency-Key` (1 to 128 visible ASCII characters), kept for 30 \
          days: the same key for the same drop with the same body gets the same answer and acts \
          once.\
          """)
  @ApiResponse(
      responseCode = "201",
      description = "Held, now or by an earlier request of this key",
      content = @Content(schema = @Schema(implementation = HeldAnswer.class)))
  @ApiResponse(responseCode = "400", description = "`idempotency-key-missing`")
  @ApiResponse(responseCode = "404", description = "`not-found`: no such drop")
  @ApiResponse(
      responseCode = "409",
      description =
          """
          With the `itemId` of the line: `not-open-yet`, `closed`, `limit-reached`, \
          `too-many-unpaid`, `sold-out`; the first that applies, in this order\
          """)
  @ApiResponse(
      responseCode = "422",
      description =
          """
          `invalid`, `invalid-quantity`, `unknown-item`, `repeated-item`, `amount-too-large`, \
          `unknown-coupon`, `malformed-answers` (sentences by question), `key-reused`\
          """)
  @ApiResponse(
      responseCode = "503",
      description = "`overloaded`, or `unanswered`: ask again with the same key")
  ResponseEntity<? extends Record> place(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody OrderRequest request,
      Caller caller)
      throws InterruptedException {
    var known = IdempotencyKey.require(key);
    return switch (placing.place(new DropId(id), caller.account(), known, request.wish())) {
      case Placed.Held held ->
          ResponseEntity.created(URI.create("/api/orders/" + held.id())).body(HeldAnswer.of(held));
      case Placed.NoSuchDrop() -> throw Problem.notFound("drop").refusal();
      case Placed.Invalid invalid -> throw OrderProblems.invalid(invalid, request);
      case Placed.MalformedAnswers(var reasons) -> throw OrderProblems.malformedAnswers(reasons);
      case Placed.KeyReused() -> throw OrderProblems.keyReused();
      // Not thrown, because it is what most hear.
      case Placed.Refused refused -> answer(OrderProblems.refused(refused));
      case Placed.Overloaded(var after) -> throw OrderProblems.overloaded(after);
      case Placed.Unanswered() -> throw OrderProblems.unanswered();
      case Placed.NotStorable() ->
          throw Problem.of(422, "not-storable", "This request cannot be stored.").refusal();
    };
  }

  private static ResponseEntity<Problem> answer(Problem problem) {
    return ResponseEntity.status(problem.status()).body(problem);
  }
}
