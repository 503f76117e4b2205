package dev.seonchak.lab.ways;

import java.util.List;
import java.util.UUID;

/** What a caller was told. Broken infrastructure is an exception instead, and fails the round. */
public sealed interface Answer {

  /**
   * It is done and will stay done.
   *
   * @param order under which it stands; another one than asked for when the key had been used
   * @param sequences the number given for each line, in the order of the lines
   */
  record Held(UUID order, List<Long> sequences) implements Answer {}

  /** The rules say no, and nothing was written. */
  record Refused(String reason) implements Answer {}
}
