package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Answer;
import dev.seonchak.lab.ways.Hold;

/**
 * A hold that a caller was told is done: what was asked, and what was answered.
 *
 * @param asked nanoseconds from the beginning of the round until it was asked
 * @param answered nanoseconds from the beginning of the round until the caller knew
 */
public record Acknowledged(Hold hold, Answer.Held held, long asked, long answered) {}
