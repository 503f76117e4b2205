package dev.seonchak.pages.http;

import dev.seonchak.shared.Caller;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a {@link Visit} of whoever is calling. */
@Component
final class Visits {
  private final Clock clock;

  Visits(Clock clock) {
    this.clock = clock;
  }

  Visit of(@Nullable Caller caller) {
    return new Visit(Optional.ofNullable(caller), clock.instant());
  }
}
