package dev.seonchak.drops;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A drop as its seller wrote it, unchecked: anything may be missing or wrong. {@link Plan#of} says
 * whether a drop can be made of it.
 *
 * @param opensAt RFC 3339; missing means as soon as it is published, or no change
 * @param closesAt RFC 3339, exclusive; missing means open until closed
 * @param holdMinutes missing means 5, for tickets 10
 * @param cancelHours how long after ordering a buyer may cancel a paid order that is not shipped
 *     yet, 0 for never; missing means 168, for tickets 24
 * @param bankTransfer missing means that the seller takes no deposits
 */
public record Draft(
    @Nullable String title,
    @Nullable String description,
    Drop.@Nullable Kind kind,
    @Nullable String opensAt,
    @Nullable String closesAt,
    @Nullable Integer holdMinutes,
    @Nullable List<@Nullable ItemDraft> items,
    @Nullable List<@Nullable QuestionDraft> questions,
    @Nullable Integer cancelHours,
    @Nullable BankTransferDraft bankTransfer) {

  /**
   * One item as its seller wrote it.
   *
   * @param id the item that is meant when a drop is edited; missing means the one at this position
   * @param price in won
   * @param limitPerPerson missing means 2
   */
  public record ItemDraft(
      @Nullable UUID id,
      @Nullable String name,
      @Nullable Long price,
      @Nullable Long capacity,
      @Nullable Integer limitPerPerson) {}

  /**
   * Where deposits go, as the seller wrote it.
   *
   * @param minutes how long an order waits for its deposit; missing means 30
   */
  public record BankTransferDraft(
      @Nullable String bank,
      @Nullable String account,
      @Nullable String holder,
      @Nullable Integer minutes) {}

  /**
   * One question as its seller wrote it.
   *
   * @param id missing means {@code q1}, {@code q2}, … by position
   * @param required missing means that it is
   */
  public record QuestionDraft(
      @Nullable String id,
      @Nullable String label,
      Question.@Nullable Type type,
      @Nullable Boolean required,
      @Nullable List<@Nullable String> choices) {}
}
