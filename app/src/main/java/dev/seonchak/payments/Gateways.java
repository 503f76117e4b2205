package dev.seonchak.payments;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The table of gateways by name. */
public final class Gateways {
  private final Map<String, Gateway> byName = new TreeMap<>();

  public Gateways(List<Gateway> gateways) {
    for (var gateway : gateways) {
      if (byName.put(gateway.name(), gateway) != null) {
        throw new IllegalArgumentException("two gateways are named " + gateway.name());
      }
    }
  }

  public Optional<Gateway> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The gateway of a payment that exists.
   *
   * @throws IllegalStateException when its gateway is no longer configured
   */
  Gateway of(Payment payment) {
    return find(payment.gateway())
        .orElseThrow(
            () -> new IllegalStateException("no gateway is configured as " + payment.gateway()));
  }

  public Collection<Gateway> all() {
    return List.copyOf(byName.values());
  }

  /** What buyers choose from: what each gateway is called there, by name, in the order of names. */
  public SequencedMap<String, String> titles() {
    var titles = new LinkedHashMap<String, String>();
    byName.forEach((name, gateway) -> titles.put(name, gateway.title()));
    return titles;
  }

  public Collection<String> names() {
    return List.copyOf(byName.keySet());
  }
}
