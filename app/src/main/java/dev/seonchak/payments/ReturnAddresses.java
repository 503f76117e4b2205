package dev.seonchak.payments;

import dev.seonchak.payments.Gateway.ReturnAddress;
import java.net.URI;

/**
 * Where gateways send buyers back to: built from the configured public address, never from what a
 * request says of its host, since that is the caller's to choose.
 */
public final class ReturnAddresses {
  /** Gateways take at most 255 characters, of which the path needs about 40. */
  private static final int PUBLIC_URL_CHARACTERS_MAX = 200;

  private final String publicUrl;

  /**
   * @param publicUrl the address under which buyers' browsers reach the platform
   * @throws IllegalArgumentException when it is not an http or https address without query
   */
  public ReturnAddresses(URI publicUrl) {
    var scheme = String.valueOf(publicUrl.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https"))
        || publicUrl.getHost() == null
        || publicUrl.getQuery() != null
        || publicUrl.getFragment() != null
        || publicUrl.toString().length() > PUBLIC_URL_CHARACTERS_MAX) {
      throw new IllegalArgumentException("not a public address: " + publicUrl);
    }
    var text = publicUrl.toString();
    this.publicUrl = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** Where the gateway sends the buyer of a payment, and from where it is opened. */
  public ReturnAddress of(Payment payment) {
    var back = publicUrl + "/pay/" + payment.token();
    return new ReturnAddress(
        URI.create(back),
        URI.create(back + "/cancel"),
        URI.create(back + "/fail"),
        URI.create(back + "/widget"));
  }

  /** The page that says what became of a payment, for a browser without the buyer's session. */
  public URI result(Payment payment) {
    return URI.create(publicUrl + "/pay/" + payment.token() + "/result");
  }

  /** The page of a payment's order, for its buyer. */
  public URI order(Payment payment) {
    return URI.create(publicUrl + "/orders/" + payment.order());
  }
}
