package dev.seonchak.drops;

import dev.seonchak.shared.ItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A drop as its seller wants it, checked against {@link Limits}. */
public record Plan(
    String title,
    String description,
    Drop.Kind kind,
    Instant opensAt,
    @Nullable Instant closesAt,
    Duration hold,
    List<PlannedItem> items,
    Form form,
    Terms terms) {

  /** An item with the stock that its pool shall have, in units. */
  public record PlannedItem(Item item, long capacity) {
    private Optional<String> changeOf(Item published, long publishedCapacity) {
      if (!item.name().equals(published.name())) {
        return Optional.of("name");
      }
      if (!item.price().equals(published.price())) {
        return Optional.of("price");
      }
      if (capacity < publishedCapacity) {
        return Optional.of("capacity");
      }
      return item.limitPerPerson() == published.limitPerPerson()
          ? Optional.empty()
          : Optional.of("limitPerPerson");
    }
  }

  /** What came of reading a draft. */
  public sealed interface Reading {
    /** A drop can be made of it. */
    record Good(Plan plan) implements Reading {}

    /** The first thing that is wrong: the path of the field, and a sentence. */
    record Bad(String field, String reason) implements Reading {}
  }

  public Plan {
    items = List.copyOf(items);
  }

  /**
   * Reads what a seller wrote; the first fault in the document's order is told.
   *
   * @param opensAt what a missing {@code opensAt} means
   * @param items the drop's items so far, which are those that can be meant; an item without an id
   *     is the one at its position unless that is named elsewhere, and else a new one
   */
  public static Reading of(Draft draft, Instant opensAt, List<Item> items, Supplier<ItemId> newId) {
    try {
      return new Reading.Good(new DraftReader(opensAt, items, newId).read(draft));
    } catch (DraftReader.Fault fault) {
      return new Reading.Bad(fault.field, fault.reason);
    }
  }

  /**
   * The first field in which this plan changes what a published drop keeps, empty when it may be
   * done.
   *
   * @param capacities what the drop's pools have; they may only grow
   */
  public Optional<String> changesOf(Drop published, Map<ItemId, Long> capacities) {
    if (kind != published.kind()) {
      return Optional.of("kind");
    }
    if (!opensAt.equals(published.opensAt())) {
      return Optional.of("opensAt");
    }
    if (!hold.equals(published.hold())) {
      return Optional.of("holdMinutes");
    }
    if (!items.stream()
        .map(planned -> planned.item().id())
        .toList()
        .equals(published.items().stream().map(Item::id).toList())) {
      return Optional.of("items");
    }
    for (int i = 0; i < items.size(); i++) {
      var item = published.items().get(i);
      var field = items.get(i).changeOf(item, capacities.getOrDefault(item.id(), 0L));
      if (field.isPresent()) {
        return Optional.of("items[" + i + "]." + field.get());
      }
    }
    if (!form.equals(published.form())) {
      return Optional.of("questions");
    }
    return terms.cancelWithin().equals(published.terms().cancelWithin())
        ? Optional.empty()
        : Optional.of("cancelHours");
  }
}
