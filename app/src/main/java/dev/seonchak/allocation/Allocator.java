package dev.seonchak.allocation;

import dev.seonchak.engine.Engine;
import dev.seonchak.engine.Outcome;
import dev.seonchak.engine.Reason;
import dev.seonchak.engine.Request.Release;
import dev.seonchak.engine.Request.Take;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;

/**
 * Takes stock and gives it back, through the batches of this node's engine. Thread-safe, and made
 * for any number of virtual threads at once.
 *
 * <p>Must not be called within a transaction: the batch locks rows that such a transaction may
 * hold.
 */
public final class Allocator {
  private final Engine engine;
  private final Map<Class<? extends Outcome>, Counter> outcomes = new HashMap<>();
  private final Map<Reason, Counter> refusals = new EnumMap<>(Reason.class);

  Allocator(Engine engine, MeterRegistry meters) {
    this.engine = engine;
    for (Class<?> kind : Outcome.class.getPermittedSubclasses()) {
      outcomes.put(
          kind.asSubclass(Outcome.class),
          Counter.builder("seonchak.allocation.outcomes")
              .description("What became of requests for stock")
              .tag("outcome", kind.getSimpleName())
              .register(meters));
    }
    for (Reason reason : Reason.values()) {
      refusals.put(
          reason,
          Counter.builder("seonchak.allocation.refusals")
              .description("Takes that the rules refused, by the first reason that applied")
              .tag("reason", reason.name())
              .register(meters));
    }
    waiting("writer", it -> it.load().inInboxes(), meters);
    waiting("probe", it -> it.load().forProbe(), meters);
    waiting("disk", it -> it.load().forDisk(), meters);
  }

  private void waiting(String what, ToDoubleFunction<Engine> requests, MeterRegistry meters) {
    Gauge.builder("seonchak.allocation.waiting", engine, requests)
        .description(
            "Requests that wait for a writer, for a shared look at a pool, or for the disk")
        .tag("for", what)
        .register(meters);
  }

  /** Waits for what becomes of it, hardly longer than the settings say. */
  public Outcome take(Take take) throws InterruptedException {
    requireStorable(take.key().operation());
    requireStorable(take.key().value());
    return counted(engine.ask(take));
  }

  /** Waits for what becomes of it, hardly longer than the settings say. */
  public Outcome release(Release release) throws InterruptedException {
    return counted(engine.ask(release));
  }

  /** Gives back without waiting, for whoever has many of them. Never completed exceptionally. */
  public CompletableFuture<Outcome> submit(Release release) {
    return engine.submit(release).thenApply(this::counted);
  }

  private Outcome counted(Outcome outcome) {
    if (outcome instanceof Outcome.Refused(var reason, var line)) {
      Counter refused = refusals.get(reason);
      if (refused != null) {
        refused.increment();
      }
    }
    Counter counter = outcomes.get(outcome.getClass());
    if (counter != null) {
      counter.increment();
    }
    return outcome;
  }

  /**
   * PostgreSQL stores neither NUL nor half a surrogate pair, and must not be asked to in a batch.
   */
  private static void requireStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        throw new IllegalArgumentException("text that cannot be stored, at " + i);
      }
    }
  }
}
