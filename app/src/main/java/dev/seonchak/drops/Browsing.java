package dev.seonchak.drops;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where visitors find drops. A DRAFT is shown to its seller only. */
public interface Browsing {
  /**
   * One drop with its live stock.
   *
   * @param visitor null when nobody is signed in
   */
  Optional<Offer> read(DropId id, @Nullable AccountId visitor);

  /** A drop that is at hand with its stock read now, for who has just changed it. */
  Offer offer(Drop drop);

  /**
   * The newest drops first, a page at a time.
   *
   * @param visitor null when nobody is signed in
   */
  Page<Offer> list(Query query, @Nullable AccountId visitor);

  /**
   * Which drops are wanted; null wants all of them, drafts only when {@code seller} is the visitor.
   *
   * @param text part of a title or a description, in any case
   * @param before the cursor: only drops made before this one
   */
  record Query(
      @Nullable Filter filter,
      @Nullable String text,
      @Nullable AccountId seller,
      @Nullable DropId before) {}

  /**
   * States and phases to choose by; PUBLISHED is UPCOMING, OPEN or SOLD_OUT, or over by the clock.
   */
  enum Filter {
    DRAFT,
    PUBLISHED,
    UPCOMING,
    OPEN,
    SOLD_OUT,
    CLOSED
  }
}
