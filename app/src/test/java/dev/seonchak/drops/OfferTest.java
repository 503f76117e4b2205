package dev.seonchak.drops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.allocation.Stock;
import dev.seonchak.drops.Offer.Phase;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "DRAFT,     11, 13, 5,",
    "CLOSED,    11, 13, 5, CLOSED",
    "PUBLISHED, 11, 13, 5, OPEN",
    "PUBLISHED, 12, 13, 5, OPEN",
    "PUBLISHED, 11,   , 5, OPEN",
    "PUBLISHED, 13, 14, 5, UPCOMING",
    "PUBLISHED, 13, 14, 0, UPCOMING",
    "PUBLISHED, 11, 12, 5, CLOSED",
    "PUBLISHED, 11, 12, 0, CLOSED",
    "PUBLISHED, 11, 13, 0, SOLD_OUT",
  })
  void standsInItsWindow(
      Drop.State state, int opens, @Nullable Integer closes, long free, @Nullable Phase phase) {
    var drop =
        new Drop(
            new DropId(new UUID(0, 1)),
            new AccountId(new UUID(0, 2)),
            "mugs",
            "",
            Drop.Kind.GOODS,
            state,
            at(opens),
            closes == null ? null : at(closes),
            Duration.ofMinutes(5),
            List.of(),
            new Form(List.of()),
            new Terms(Duration.ofDays(7), null));
    var offer =
        new Offer(
            drop,
            Map.of(
                new ItemId(new UUID(0, 3)), new Stock(5, free),
                new ItemId(new UUID(0, 4)), new Stock(5, 0)));

    assertThat(offer.phase(NOON)).isEqualTo(Optional.ofNullable(phase));
  }

  private static Instant at(int hour) {
    return NOON.plus(Duration.ofHours(hour - 12));
  }
}
