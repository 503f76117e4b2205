package dev.seonchak.payments.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the shop that a payment has changed, unsigned, and again until the shop says 200: up to
 * seven times, with pauses that grow fourfold. Who is told nothing for lack of an address loses
 * nothing, since a webhook is only a hint.
 */
final class Webhooks implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
  private static final int SENDINGS_MAX = 8;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Switches switches;
  private final Supplier<Optional<URI>> shop;
  private final Map<String, String> heldBack = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_WITHIN)
          .executor(threads)
          .build();

  /**
   * @param shop where the shop takes webhooks, empty when that is not known
   */
  Webhooks(Switches switches, Supplier<Optional<URI>> shop) {
    this.switches = switches;
    this.shop = shop;
  }

  /** Tells of a payment as it is now, in the background. */
  void changed(Session session, Map<String, @Nullable Object> payment) {
    var body = Webhook.of(session, payment);
    var planned = switches.due(session.order(), "webhook");
    var bodies =
        planned.isPresent()
            ? faulty(planned.get().fault(), session, payment, body)
            : withHeldBack(session, body);
    var _ = threads.submit(() -> bodies.forEach(this::deliver));
  }

  private List<String> faulty(
      Fault fault, Session session, Map<String, @Nullable Object> payment, String body) {
    return switch (fault) {
      case LOST -> List.of();
      case DOUBLED -> List.of(body, body);
      case FORGED -> Webhook.forgedBefore(session, payment);
      case REORDERED -> {
        heldBack.put(session.order(), body);
        yield List.of();
      }
      default -> List.of(body);
    };
  }

  private List<String> withHeldBack(Session session, String body) {
    var held = heldBack.remove(session.order());
    return held == null ? List.of(body) : List.of(body, held);
  }

  /** Does something after a while, unless the simulator has been closed by then. */
  void after(Duration delay, Runnable work) {
    var _ =
        threads.submit(() -> {
          if (Faults.pause(delay)) {
            work.run();
          }
        });
  }

  private void deliver(String body) {
    var pause = FIRST_PAUSE;
    for (int sent = 1; sent <= SENDINGS_MAX; sent++) {
      var address = shop.get();
      if (address.isEmpty() || sent(address.get(), body) || !Faults.pause(pause)) {
        return;
      }
      pause = pause.multipliedBy(4);
    }
  }

  private boolean sent(URI address, String body) {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      log.debug("A webhook found nobody: {}", e.toString());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}
