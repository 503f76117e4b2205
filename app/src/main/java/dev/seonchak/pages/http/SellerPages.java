package dev.seonchak.pages.http;

import dev.seonchak.audit.Audit;
import dev.seonchak.drops.Browsing;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Offer;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** What a seller sees: the drops of one's own, and one of them with its sale. */
@Controller
@RequestMapping("/seller")
final class SellerPages {
  private final Browsing browsing;
  private final Sales sales;
  private final Audit audit;
  private final Visits visits;
  private final Html html;

  SellerPages(Browsing browsing, Sales sales, Audit audit, Visits visits, Html html) {
    this.browsing = browsing;
    this.sales = sales;
    this.audit = audit;
    this.visits = visits;
    this.html = html;
  }

  @GetMapping
  void drops(Caller caller, HttpServletResponse response) throws IOException {
    Visit visit = visits.of(seller(caller));
    var own =
        browsing.list(new Browsing.Query(null, null, caller.account(), null), caller.account());
    html.write(
        response,
        "seller",
        Map.of(
            "visit",
            visit,
            "drops",
            own.items().stream().map(offer -> DropView.of(offer, visit.now())).toList()));
  }

  @GetMapping("/drops/new")
  void form(Caller caller, HttpServletResponse response) throws IOException {
    html.write(response, "seller-new", Map.of("visit", visits.of(seller(caller))));
  }

  @GetMapping("/drops/{id}")
  void drop(@PathVariable("id") UUID id, Caller caller, HttpServletResponse response)
      throws IOException {
    Offer offer = own(new DropId(id), caller);
    Visit visit = visits.of(caller);
    html.write(
        response,
        "seller-drop",
        Map.of(
            "visit",
            visit,
            "drop",
            DropView.of(offer, visit.now()),
            "sale",
            sale(offer, caller),
            "audit",
            audited(offer)));
  }

  /**
   * The part of a drop's page that asks for its stock, and what its last audit found, every other
   * second.
   */
  @GetMapping("/drops/{id}/sale")
  void stock(@PathVariable("id") UUID id, Caller caller, HttpServletResponse response)
      throws IOException {
    Offer offer = own(new DropId(id), caller);
    DropView drop = DropView.of(offer, visits.of(caller).now());
    html.write(response, "fragments/sale", Map.of("drop", drop, "audit", audited(offer)));
  }

  /** The part of a drop's page that asks for its newest orders. */
  @GetMapping("/drops/{id}/orders")
  void orders(@PathVariable("id") UUID id, Caller caller, HttpServletResponse response)
      throws IOException {
    Offer offer = own(new DropId(id), caller);
    DropView drop = DropView.of(offer, visits.of(caller).now());
    html.write(
        response, "fragments/seller-orders", Map.of("drop", drop, "sale", sale(offer, caller)));
  }

  private AuditView audited(Offer offer) {
    return audit.last(offer.drop().id()).map(AuditView::of).orElse(AuditView.NONE);
  }

  private SaleView sale(Offer offer, Caller caller) {
    return offer.drop().state() == Drop.State.DRAFT
        ? SaleView.NONE
        : sales.of(offer.drop(), caller.account());
  }

  private Offer own(DropId id, Caller caller) {
    return browsing
        .read(id, caller.account())
        .filter(offer -> offer.drop().seller().equals(caller.account()))
        .orElseThrow(() -> Problem.notFound("drop").refusal());
  }

  private static Caller seller(Caller caller) {
    if (!caller.is(AccountRole.SELLER)) {
      throw Problem.of(403, "not-a-seller", "Only a seller opens drops.").refusal();
    }
    return caller;
  }
}
