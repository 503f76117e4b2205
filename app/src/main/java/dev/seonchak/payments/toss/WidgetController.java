package dev.seonchak.payments.toss;

import dev.seonchak.orders.Paying;
import dev.seonchak.payments.Payment;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.Payments;
import dev.seonchak.payments.ReturnAddresses;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page of ours in which the widget opens. What it pays, and where it comes back to, is written
 * into it from our rows; a payment that can no longer be paid leads to the page that says so.
 */
@Hidden
@RestController
class WidgetController {
  private final Payments payments;
  private final Paying orders;
  private final ReturnAddresses addresses;
  private final ObjectProvider<TossSettings> settings;

  WidgetController(
      Payments payments,
      Paying orders,
      ReturnAddresses addresses,
      ObjectProvider<TossSettings> settings) {
    this.payments = payments;
    this.orders = orders;
    this.addresses = addresses;
    this.settings = settings;
  }

  @GetMapping("/pay/{token}/widget")
  ResponseEntity<String> widget(@PathVariable String token, HttpServletResponse response) {
    return payments
        .byToken(token)
        .filter(known -> known.gateway().equals("toss") && known.state() == State.READY)
        .filter(_ -> settings.getIfAvailable() != null)
        .map(known ->
            orders.payable(known.order(), known.buyer()) instanceof Paying.Payable.Yes order
                ? page(settings.getObject(), known, order, response)
                : onward(token))
        .orElseGet(() -> onward(token));
  }

  private ResponseEntity<String> page(
      TossSettings toss, Payment payment, Paying.Payable.Yes order, HttpServletResponse response) {
    // Set and not added: of two policies a browser keeps to the stricter.
    response.setHeader("Content-Security-Policy", WidgetPolicy.of(toss));
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .body(WidgetPage.of(toss, payment, order.name(), addresses.of(payment)));
  }

  private static ResponseEntity<String> onward(String token) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create("/pay/" + token + "/result"))
        .cacheControl(CacheControl.noStore())
        .build();
  }
}
