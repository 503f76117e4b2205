package dev.seonchak.payments;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.seonchak.shared.PaymentId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What gateways tell without being asked. Webhooks carry no signature, come late, twice, in any
 * order or from somebody else, so all that one does is to move forward the moment at which the
 * gateway itself is asked. No gateway is called here, and whoever sends one learns nothing.
 */
public final class Hints {
  /** Payments remembered as just hinted; beyond it some may be asked about more often. */
  private static final int REMEMBERED_MAX = 10_000;

  private final JsonMapper json = JsonMapper.builder().build();
  private final Gateways gateways;
  private final Unsettled unsettled;
  private final PaymentLimits limits;
  private final Semaphore slots;
  private final Cache<PaymentId, Boolean> recent;

  Hints(Gateways gateways, Unsettled unsettled, PaymentLimits limits, Ticker ticker) {
    this.gateways = gateways;
    this.unsettled = unsettled;
    this.limits = limits;
    this.slots = new Semaphore(limits.hintsAtOnceMax());
    this.recent =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(limits.hintEvery())
            .maximumSize(REMEMBERED_MAX)
            .build();
  }

  /** How many bytes of a webhook are worth reading. */
  public int bytesMax() {
    return limits.hintBytesMax();
  }

  /**
   * A webhook arrived.
   *
   * @param gateway the name in its address, whatever that is
   * @param body as it came
   * @return false when too many are under way, so that this one should be sent again later
   */
  public boolean told(String gateway, byte[] body) {
    if (body.length > limits.hintBytesMax()) {
      return true;
    }
    if (!slots.tryAcquire()) {
      return false;
    }
    try {
      take(gateway, body);
    } finally {
      slots.release();
    }
    return true;
  }

  private void take(String gateway, byte[] body) {
    gateways
        .find(gateway)
        .flatMap(known -> {
          try {
            return known.hinted(json.readTree(new String(body, StandardCharsets.UTF_8)));
          } catch (JacksonException _) {
            return Optional.empty();
          }
        })
        .ifPresent(payment -> {
          var first = recent.asMap().putIfAbsent(payment, true) == null;
          unsettled.askWithin(payment, first ? Duration.ZERO : limits.hintEvery());
        });
  }
}
