package dev.seonchak.allocation.postgres;

import dev.seonchak.allocation.HolderRows;
import dev.seonchak.engine.Decision.Taken;
import dev.seonchak.engine.Holder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All kinds of holders, and which module's rows each take belongs to. */
final class HolderKinds {
  private final List<HolderRows<?>> all;
  private final Map<Class<?>, HolderRows<?>> byClass = new HashMap<>();

  HolderKinds(List<HolderRows<?>> all) {
    this.all = List.copyOf(all);
    for (HolderRows<?> rows : all) {
      if (byClass.put(rows.kind(), rows) != null) {
        throw new IllegalArgumentException("two modules write " + rows.kind());
      }
    }
  }

  List<HolderRows<?>> all() {
    return all;
  }

  HolderRows<?> of(Holder holder) {
    HolderRows<?> rows = byClass.get(holder.getClass());
    if (rows == null) {
      throw new IllegalArgumentException("nobody writes " + holder.getClass());
    }
    return rows;
  }

  boolean isConfirmedAtOnce(Taken taken) {
    return isConfirmedAtOnce(of(taken.take().holder()), taken.take().holder());
  }

  private static <H extends Holder> boolean isConfirmedAtOnce(HolderRows<H> rows, Holder holder) {
    return rows.isConfirmedAtOnce(rows.kind().cast(holder));
  }
}
