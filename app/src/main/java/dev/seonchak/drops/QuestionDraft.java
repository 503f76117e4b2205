package dev.seonchak.drops;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
