package dev.seonchak.drops.http;

import dev.seonchak.allocation.Stock;
import dev.seonchak.drops.BankTransfer;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Offer;
import dev.seonchak.drops.Question;
import dev.seonchak.shared.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A drop in JSON.
 *
 * @param phase where it stands in its window; null for a DRAFT
 * @param cancelHours how long after ordering a buyer may cancel a paid order that is not shipped
 *     yet, 0 for never
 * @param takesBankTransfer whether an order can be paid by a deposit
 * @param bankTransfer where deposits go, told to the seller and to who has chosen to pay so
 * @param now the server's time, for a countdown that does not trust the visitor's clock
 */
record DropAnswer(
    UUID id,
    UUID seller,
    String title,
    String description,
    Drop.Kind kind,
    Drop.State state,
    Offer.@Nullable Phase phase,
    Instant opensAt,
    @Nullable Instant closesAt,
    long holdMinutes,
    List<ItemAnswer> items,
    List<Question> questions,
    long cancelHours,
    boolean takesBankTransfer,
    @Nullable BankTransfer bankTransfer,
    Instant now) {

  /**
   * An item in JSON.
   *
   * @param price in won
   * @param free units that nobody holds or owns at this moment
   */
  record ItemAnswer(
      UUID id, String name, long price, long capacity, long free, int limitPerPerson) {
    static ItemAnswer of(Item item, Stock stock) {
      return new ItemAnswer(
          item.id().value(),
          item.name(),
          item.price().amount(),
          stock.capacity(),
          stock.free(),
          item.limitPerPerson());
    }
  }

  /**
   * @param visitor null when nobody is signed in
   */
  static DropAnswer of(Offer offer, Instant now, @Nullable AccountId visitor) {
    var drop = offer.drop();
    var bankTransfer = drop.terms().bankTransfer();
    return new DropAnswer(
        drop.id().value(),
        drop.seller().value(),
        drop.title(),
        drop.description(),
        drop.kind(),
        drop.state(),
        offer.phase(now).orElse(null),
        drop.opensAt(),
        drop.closesAt(),
        drop.hold().toMinutes(),
        drop.items().stream().map(item -> ItemAnswer.of(item, offer.of(item.id()))).toList(),
        drop.form().questions(),
        drop.terms().cancelWithin().toHours(),
        bankTransfer != null,
        drop.seller().equals(visitor) ? bankTransfer : null,
        now);
  }
}
