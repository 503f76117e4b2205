package dev.seonchak.edge.http;

import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * A hold that holds nothing: the same way in, the same request, an answer of the same shape and
 * length. What a hold costs is measured against it. Only with {@code seonchak.measure=true}.
 */
@RestController
@Hidden
@ConditionalOnBooleanProperty("seonchak.measure")
class EmptyController {
  private static final Duration HOLD = Duration.ofMinutes(5);

  private final Ids ids;
  private final Clock clock;

  EmptyController(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  record Line(UUID itemId, int quantity) {}

  record Hold(List<Line> lines, @Nullable Map<String, Object> answers, @Nullable UUID couponId) {}

  record Held(UUID id, String state, List<HeldLine> lines, long amount, Instant expiresAt) {}

  record HeldLine(UUID itemId, int quantity, long sequence) {}

  @PostMapping("/api/empty")
  ResponseEntity<Held> empty(
      @RequestHeader("Idempotency-Key") String key, @RequestBody Hold hold, Caller caller) {
    UUID id = ids.next();
    List<HeldLine> lines =
        hold.lines().stream()
            .map(line -> new HeldLine(line.itemId(), line.quantity(), key.length()))
            .toList();
    return ResponseEntity.created(URI.create("/api/orders/" + id))
        .body(new Held(id, "PENDING", lines, 10_000, clock.instant().plus(HOLD)));
  }
}
