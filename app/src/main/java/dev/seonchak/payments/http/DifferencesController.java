package dev.seonchak.payments.http;

import dev.seonchak.payments.Comparing;
import dev.seonchak.payments.Difference;
import dev.seonchak.payments.Difference.Kind;
import dev.seonchak.payments.Difference.Sums;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the daily comparison of gateways and ledger has found, for operators. */
@RestController
@Tag(name = "payments")
class DifferencesController {
  private static final int PAGE = 100;

  private final Comparing comparing;

  DifferencesController(Comparing comparing) {
    this.comparing = comparing;
  }

  /** A difference; amounts are in won, and {@code here} is our ledger. */
  record DifferenceAnswer(
      UUID paymentId,
      UUID orderId,
      String gateway,
      Kind kind,
      Sums here,
      Sums there,
      Instant foundAt,
      long ageSeconds) {
    static DifferenceAnswer of(Difference difference) {
      return new DifferenceAnswer(
          difference.payment().value(),
          difference.order().value(),
          difference.gateway(),
          difference.kind(),
          difference.here(),
          difference.there(),
          difference.foundAt(),
          difference.age().toSeconds());
    }
  }

  @GetMapping("/api/payments/differences")
  @Operation(
      summary = "List what gateways and ledger disagree about, the newest first",
      description =
          "For operators. Takes `cursor`: `next` of the page before. A difference is gone as soon as"
              + " both sides agree.")
  @ApiResponse(responseCode = "200", description = "A page; `next` is null on the last one")
  @ApiResponse(responseCode = "403", description = "`forbidden`: the caller is not an operator")
  @ApiResponse(responseCode = "422", description = "`invalid`: no such cursor")
  Page<DifferenceAnswer> list(@RequestParam @Nullable String cursor, Caller caller) {
    if (!caller.is(AccountRole.OPERATOR)) {
      throw Problem.of(403, "forbidden", "Only operators may do this.").refusal();
    }
    var found = comparing.list(before(cursor), PAGE);
    return new Page<>(
        found.stream().map(DifferenceAnswer::of).toList(),
        found.size() < PAGE ? null : Long.toString(found.getLast().number()));
  }

  private static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    if (!cursor.matches("\\d{1,18}")) {
      throw Problem.invalid("cursor", "The cursor is not one of ours.").refusal();
    }
    return Long.parseLong(cursor);
  }
}
