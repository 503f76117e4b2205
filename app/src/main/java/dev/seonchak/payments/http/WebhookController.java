package dev.seonchak.payments.http;

import dev.seonchak.payments.Hints;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where gateways send webhooks. The same answer to everybody, so that there is nothing to probe.
 */
@RestController
@Tag(name = "payments")
class WebhookController {
  private final Hints hints;

  WebhookController(Hints hints) {
    this.hints = hints;
  }

  @PostMapping("/api/payments/webhooks/{gateway}")
  @Operation(
      summary = "Hint that a payment has changed at its gateway",
      description =
          "Takes whatever the gateway sends, in any order and any number. Nothing in it is"
              + " believed: if it names a payment of ours, the gateway is asked about it soon."
              + " Known, unknown, forged and unreadable ones are answered alike.")
  @ApiResponse(responseCode = "200", description = "Taken, or left aside.")
  @ApiResponse(
      responseCode = "503",
      description = "`overloaded`: too many are under way; send it again.")
  void told(@PathVariable String gateway, HttpServletRequest request) throws IOException {
    // One byte more than is taken, so that a longer body shows.
    var body = request.getInputStream().readNBytes(hints.bytesMax() + 1);
    if (!hints.told(gateway, body)) {
      throw Problem.of(503, "overloaded", "Send it again later.").refusal();
    }
  }
}
