package dev.seonchak.drops;

import java.util.List;
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
    @Nullable BankTransferDraft bankTransfer) {}
