package dev.seonchak.drops.http;

import dev.seonchak.drops.Browsing;
import dev.seonchak.drops.Browsing.Filter;
import dev.seonchak.drops.Browsing.Query;
import dev.seonchak.drops.Limits;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows drops to everybody. */
@RestController
@RequestMapping("/api/drops")
@Tag(name = "drops")
class DropsController {
  private final Browsing browsing;
  private final Clock clock;

  DropsController(Browsing browsing, Clock clock) {
    this.browsing = browsing;
    this.clock = clock;
  }

  @GetMapping
  @Operation(
      summary = "List drops, the newest first",
      description =
          """
          Takes `state` (DRAFT: one's own; PUBLISHED; UPCOMING, OPEN, SOLD_OUT, CLOSED: by the window \
          and the stock), `q` (part of a title or a description), `seller` (an account's id; for \
          oneself drafts are among them) and `cursor` (`next` of the page before).\
          """)
  @ApiResponse(responseCode = "200", description = "A page; `next` is null on the last one")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the `field`")
  Page<DropAnswer> list(
      @RequestParam @Nullable String state,
      @RequestParam @Nullable String q,
      @RequestParam @Nullable String seller,
      @RequestParam @Nullable String cursor,
      Optional<Caller> caller) {
    var query =
        new Query(
            state == null || state.isEmpty() ? null : filter(state),
            q == null || q.isBlank() ? null : text(q.strip()),
            seller == null || seller.isEmpty() ? null : new AccountId(id("seller", seller)),
            cursor == null || cursor.isEmpty() ? null : new DropId(id("cursor", cursor)));
    var page = browsing.list(query, account(caller));
    var now = clock.instant();
    return new Page<>(
        page.items().stream().map(offer -> DropAnswer.of(offer, now, account(caller))).toList(),
        page.next());
  }

  @GetMapping("/{id}")
  @Operation(summary = "Read a drop with its live stock")
  @ApiResponse(responseCode = "200", description = "The drop")
  @ApiResponse(
      responseCode = "404",
      description = "`not-found`: there is none, or it is somebody else's draft")
  DropAnswer read(@PathVariable UUID id, Optional<Caller> caller) {
    return browsing
        .read(new DropId(id), account(caller))
        .map(offer -> DropAnswer.of(offer, clock.instant(), account(caller)))
        .orElseThrow(() -> Problem.notFound("drop").refusal());
  }

  private static @Nullable AccountId account(Optional<Caller> caller) {
    return caller.map(Caller::account).orElse(null);
  }

  private static Filter filter(String state) {
    return Arrays.stream(Filter.values())
        .filter(filter -> filter.name().equals(state))
        .findFirst()
        .orElseThrow(() -> Problem.invalid("state", "There is no such state.").refusal());
  }

  private static String text(String q) {
    if (q.length() > Limits.STANDARD.searchCharactersMax() || q.indexOf('\0') >= 0) {
      throw Problem.invalid("q", "This is too long to search for.").refusal();
    }
    return q;
  }

  private static UUID id(String field, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw Problem.invalid(field, "This is not an id.").refusal();
    }
  }
}
