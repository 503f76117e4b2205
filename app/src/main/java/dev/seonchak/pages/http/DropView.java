package dev.seonchak.pages.http;

import dev.seonchak.allocation.Stock;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Offer;
import dev.seonchak.shared.Money;
import java.time.Instant;
import java.util.List;

/** A drop as its pages show it. */
public record DropView(
    String id,
    String title,
    String description,
    String phase,
    String opensAt,
    String closesAt,
    long holdMinutes,
    String lowestPrice,
    List<ItemView> items) {

  /** An item with what is left of it. */
  public record ItemView(
      String id, String name, String price, int limitPerPerson, long capacity, long free) {
    public long taken() {
      return capacity - free;
    }

    public String freeText() {
      return "%,d".formatted(free);
    }

    public String takenText() {
      return "%,d".formatted(taken());
    }

    public String capacityText() {
      return "%,d".formatted(capacity);
    }
  }

  static DropView of(Offer offer, Instant now) {
    Drop drop = offer.drop();
    return new DropView(
        drop.id().toString(),
        drop.title(),
        drop.description(),
        offer.phase(now).map(Enum::name).orElse("DRAFT"),
        drop.opensAt().toString(),
        drop.closesAt() == null ? "" : drop.closesAt().toString(),
        drop.hold().toMinutes(),
        lowestPrice(drop),
        drop.items().stream().map(item -> view(item, offer)).toList());
  }

  private static ItemView view(Item item, Offer offer) {
    Stock stock = offer.of(item.id());
    return new ItemView(
        item.id().toString(),
        item.name(),
        Won.text(item.price()),
        item.limitPerPerson(),
        stock.capacity(),
        stock.free());
  }

  /** The largest quantity that any of the items allows. */
  public int limitMax() {
    return items.stream().mapToInt(ItemView::limitPerPerson).max().orElse(1);
  }

  private static String lowestPrice(Drop drop) {
    return Won.text(
        drop.items().stream().map(Item::price).min(Money::compareTo).orElse(Money.ZERO));
  }
}
