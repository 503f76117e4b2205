package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Answer;
import dev.seonchak.lab.ways.Hold;

/** A hold that a caller was told is done: what was asked, and what was answered. */
public record Acknowledged(Hold hold, Answer.Held held) {}
