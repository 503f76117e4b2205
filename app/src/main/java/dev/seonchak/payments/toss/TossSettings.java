package dev.seonchak.payments.toss;

import java.net.URI;

/**
 * Where Toss Payments is and who we are there.
 *
 * @param baseUrl {@code https://api.tosspayments.com}, or a simulator's address
 * @param secretKey sent with every call, never logged
 * @param clientKey of the widget, which every browser may see
 * @param script the widget's own script, {@code https://js.tosspayments.com/v2/standard}
 */
public record TossSettings(URI baseUrl, String secretKey, String clientKey, URI script) {
  @Override
  public String toString() {
    return "TossSettings[baseUrl=" + baseUrl + ", clientKey=" + clientKey + "]";
  }
}
