package dev.seonchak.drops;

import dev.seonchak.shared.DropId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where other modules look drops up. */
public interface Drops {
  /**
   * The drop as a local cache knows it, at most a second old; no database read on the way of a hold
   * once it is warm.
   */
  Optional<Drop> cached(DropId id);

  /** The drops that exist among these, in one read. */
  Map<DropId, Drop> find(Set<DropId> ids);
}
