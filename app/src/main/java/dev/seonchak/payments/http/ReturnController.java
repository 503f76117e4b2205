package dev.seonchak.payments.http;

import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Payment.Reason;
import dev.seonchak.payments.ReturnAddresses;
import dev.seonchak.payments.Settling;
import dev.seonchak.shared.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where gateways send buyers' browsers back to. The unguessable token in the address is all that is
 * asked for, since another browser than the one that held the order may come back, and each address
 * may be opened any number of times.
 */
@Hidden
@RestController
class ReturnController {
  private final Settling settling;
  private final ReturnAddresses addresses;

  ReturnController(Settling settling, ReturnAddresses addresses) {
    this.settling = settling;
    this.addresses = addresses;
  }

  @GetMapping("/pay/{token}")
  ResponseEntity<String> approved(
      Optional<Caller> caller,
      @PathVariable String token,
      @RequestParam Map<String, String> returned) {
    return onward(settling.returned(token, returned), caller);
  }

  @GetMapping("/pay/{token}/cancel")
  ResponseEntity<String> cancelled(Optional<Caller> caller, @PathVariable String token) {
    return onward(settling.turnedBack(token, Reason.CANCELLED), caller);
  }

  @GetMapping("/pay/{token}/fail")
  ResponseEntity<String> failed(
      Optional<Caller> caller,
      @PathVariable String token,
      @RequestParam Map<String, String> returned) {
    return onward(settling.sentBack(token, returned), caller);
  }

  /** The order's own page for its buyer, and for any other browser one that tells the outcome. */
  private ResponseEntity<String> onward(Optional<Payment> payment, Optional<Caller> caller) {
    return payment
        .map(known ->
            caller.map(Caller::account).filter(known.buyer()::equals).isPresent()
                ? addresses.order(known)
                : addresses.result(known))
        .map(this::seeOther)
        .orElseGet(ReturnController::unknown);
  }

  private ResponseEntity<String> seeOther(URI page) {
    // A path only: the browser stays with the host that it has reached us by.
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create(page.getRawPath()))
        .cacheControl(CacheControl.noStore())
        .build();
  }

  @GetMapping("/pay/{token}/result")
  ResponseEntity<String> result(@PathVariable String token) {
    return settling
        .find(token)
        .map(payment -> page(200, ResultPage.of(payment)))
        .orElseGet(ReturnController::unknown);
  }

  private static ResponseEntity<String> unknown() {
    return page(404, ResultPage.unknown());
  }

  private static ResponseEntity<String> page(int status, String html) {
    return ResponseEntity.status(status)
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .body(html);
  }
}
