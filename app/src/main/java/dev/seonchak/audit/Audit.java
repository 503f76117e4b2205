package dev.seonchak.audit;

import dev.seonchak.shared.DropId;
import java.util.Optional;

/** Proves of a drop, from its rows in one snapshot, that nothing was sold twice, lost or kept. */
public interface Audit {
  /** What the rows say; empty when there is no such drop. Reads every claim of the drop. */
  Optional<Report> drop(DropId id);

  /** What the last of the rounds that never end found; empty before the drop's first. One row. */
  Optional<Verdict> last(DropId id);
}
