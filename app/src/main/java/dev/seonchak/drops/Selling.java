package dev.seonchak.drops;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;

/** What a seller does to drops. Nobody but its seller can change a drop or learn of a draft. */
public interface Selling {
  /** Keeps a new drop as a DRAFT, with its pools, from which nothing can be taken yet. */
  Outcome create(AccountId seller, Draft draft);

  /**
   * Replaces what a DRAFT says. Of a PUBLISHED drop only title, description, closesAt and
   * bankTransfer may change, and capacities may grow; the order of items is kept.
   */
  Outcome edit(AccountId seller, DropId id, Draft draft);

  /** DRAFT → PUBLISHED: its pools get their window. Doing it again changes nothing. */
  Outcome publish(AccountId seller, DropId id);

  /**
   * PUBLISHED → CLOSED: nothing can be taken from its pools from now on. Doing it again changes
   * nothing.
   */
  Outcome close(AccountId seller, DropId id);

  /** What came of it; of several reasons the first in this order is told. */
  sealed interface Outcome {
    /** It is done, and this is how the drop stands. */
    record Done(Drop drop) implements Outcome {}

    /** There is no such drop, or it is somebody else's. */
    record Unknown() implements Outcome {}

    /** What was written cannot be a drop: the path of the first bad field, and a sentence. */
    record Invalid(String field, String reason) implements Outcome {}

    /** The drop is PUBLISHED, and this field no longer changes. */
    record Published(String field) implements Outcome {}

    /** The drop's state does not allow it. */
    record Not(Drop.State state) implements Outcome {}
  }
}
