package dev.seonchak.pages.http;

import dev.seonchak.drops.Browsing;
import dev.seonchak.drops.Offer;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Page;
import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What a visitor sees: the drops, and one drop with its live stock and the button that holds it.
 */
@Controller
final class ShopPages {
  private final Browsing browsing;
  private final Visits visits;
  private final Html html;

  ShopPages(Browsing browsing, Visits visits, Html html) {
    this.browsing = browsing;
    this.visits = visits;
    this.html = html;
  }

  @GetMapping("/")
  void drops(
      @Nullable Caller caller,
      @RequestParam(name = "q", defaultValue = "") String text,
      @RequestParam(name = "state", defaultValue = "") String state,
      @RequestParam(name = "cursor", defaultValue = "") String cursor,
      HttpServletResponse response)
      throws IOException {
    Visit visit = visits.of(caller);
    var query =
        new Browsing.Query(
            filter(state).orElse(null), text.isBlank() ? null : text, null, before(cursor));
    Page<Offer> page = browsing.list(query, visitor(visit));
    html.write(
        response,
        "drops",
        Map.of(
            "visit", visit,
            "drops", page.items().stream().map(offer -> DropView.of(offer, visit.now())).toList(),
            "query", text,
            "state", state,
            "next", page.next() == null ? "" : page.next()));
  }

  @GetMapping("/drops/{id}")
  void drop(@Nullable Caller caller, @PathVariable("id") UUID id, HttpServletResponse response)
      throws IOException {
    Visit visit = visits.of(caller);
    html.write(response, "drop", Map.of("visit", visit, "drop", find(id, visit)));
  }

  /** The part of a drop's page that asks for itself every second. */
  @GetMapping("/drops/{id}/stock")
  void stock(@Nullable Caller caller, @PathVariable("id") UUID id, HttpServletResponse response)
      throws IOException {
    Visit visit = visits.of(caller);
    html.write(response, "fragments/stock", Map.of("drop", find(id, visit)));
  }

  private DropView find(UUID id, Visit visit) {
    return browsing
        .read(new DropId(id), visitor(visit))
        .map(offer -> DropView.of(offer, visit.now()))
        .orElseThrow(() -> Problem.notFound("drop").refusal());
  }

  static @Nullable AccountId visitor(Visit visit) {
    return visit.caller().map(Caller::account).orElse(null);
  }

  private static Optional<Browsing.Filter> filter(String state) {
    return Arrays.stream(Browsing.Filter.values())
        .filter(filter -> filter.name().equals(state))
        .findFirst();
  }

  private static @Nullable DropId before(String cursor) {
    try {
      return cursor.isEmpty() ? null : new DropId(UUID.fromString(cursor));
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("cursor", "This is not a cursor of this list.").refusal();
    }
  }
}
