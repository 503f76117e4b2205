package dev.seonchak.allocation;

import dev.seonchak.engine.Engine;
import dev.seonchak.engine.PoolId;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells this node's engine of pools that were changed past it, once that is committed and before
 * anybody hears of it. Thread-safe.
 */
@Component
final class ChangedPools {
  private final Engine engine;

  ChangedPools(Engine engine) {
    this.engine = engine;
  }

  /** Within a transaction that changed the pools, or after one. */
  void tell(Collection<PoolId> pools) {
    List<PoolId> changed = List.copyOf(pools);
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      changed.forEach(engine::changed);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            changed.forEach(engine::changed);
          }
        });
  }
}
