package dev.seonchak.drops;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Drafts for tests: a good one, and the ways to change it. */
public final class Drafts {
  private Drafts() {}

  /** A drop with these items that opens as soon as it is published. */
  public static Draft of(ItemDraft... items) {
    return new Draft(
        "Hand-made mugs",
        "Forty of them.",
        Drop.Kind.GOODS,
        null,
        null,
        null,
        List.of(items),
        List.of(),
        null,
        null);
  }

  public static ItemDraft item(String name, long price, long capacity) {
    return new ItemDraft(null, name, price, capacity, null);
  }

  public static ItemDraft item(
      @Nullable UUID id, String name, long price, long capacity, int limit) {
    return new ItemDraft(id, name, price, capacity, limit);
  }

  public static Draft titled(Draft draft, @Nullable String title, @Nullable String description) {
    return new Draft(
        title,
        description,
        draft.kind(),
        draft.opensAt(),
        draft.closesAt(),
        draft.holdMinutes(),
        draft.items(),
        draft.questions(),
        draft.cancelHours(),
        draft.bankTransfer());
  }

  public static Draft open(Draft draft, @Nullable String opensAt, @Nullable String closesAt) {
    return new Draft(
        draft.title(),
        draft.description(),
        draft.kind(),
        opensAt,
        closesAt,
        draft.holdMinutes(),
        draft.items(),
        draft.questions(),
        draft.cancelHours(),
        draft.bankTransfer());
  }

  public static Draft holding(Draft draft, Drop.@Nullable Kind kind, @Nullable Integer minutes) {
    return new Draft(
        draft.title(),
        draft.description(),
        kind,
        draft.opensAt(),
        draft.closesAt(),
        minutes,
        draft.items(),
        draft.questions(),
        draft.cancelHours(),
        draft.bankTransfer());
  }

  public static Draft asking(Draft draft, @Nullable List<QuestionDraft> questions) {
    return new Draft(
        draft.title(),
        draft.description(),
        draft.kind(),
        draft.opensAt(),
        draft.closesAt(),
        draft.holdMinutes(),
        draft.items(),
        questions,
        draft.cancelHours(),
        draft.bankTransfer());
  }

  public static Draft selling(Draft draft, @Nullable List<ItemDraft> items) {
    return new Draft(
        draft.title(),
        draft.description(),
        draft.kind(),
        draft.opensAt(),
        draft.closesAt(),
        draft.holdMinutes(),
        items,
        draft.questions(),
        draft.cancelHours(),
        draft.bankTransfer());
  }

  /** With what the seller promises and offers besides the items. */
  public static Draft promising(
      Draft draft, @Nullable Integer cancelHours, @Nullable BankTransferDraft bankTransfer) {
    return new Draft(
        draft.title(),
        draft.description(),
        draft.kind(),
        draft.opensAt(),
        draft.closesAt(),
        draft.holdMinutes(),
        draft.items(),
        draft.questions(),
        cancelHours,
        bankTransfer);
  }
}
