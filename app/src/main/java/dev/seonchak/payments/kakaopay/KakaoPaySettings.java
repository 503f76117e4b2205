package dev.seonchak.payments.kakaopay;

import java.net.URI;

/**
 * Where KakaoPay is and who we are there.
 *
 * @param baseUrl {@code https://open-api.kakaopay.com}, or a simulator's address
 * @param secretKey sent with every call, never logged
 * @param cid the merchant, {@code TC0ONETIME} for tests
 */
public record KakaoPaySettings(URI baseUrl, String secretKey, String cid) {
  @Override
  public String toString() {
    return "KakaoPaySettings[baseUrl=" + baseUrl + ", cid=" + cid + "]";
  }
}
