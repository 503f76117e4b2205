package dev.seonchak.allocation;

import dev.seonchak.engine.Engine;
import dev.seonchak.engine.PoolId;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells this node's engine of pools that were changed past it, once that is committed and before
 * anybody hears of it. Thread-safe.
 *
 * @param engine none where nothing is ever taken
 */
record ChangedPools(ObjectProvider<Engine> engine) {

  /** Within a transaction that changed the pools, or after one. */
  void tell(Collection<PoolId> pools) {
    List<PoolId> changed = List.copyOf(pools);
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      tellNow(changed);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            tellNow(changed);
          }
        });
  }

  private void tellNow(List<PoolId> changed) {
    engine.ifAvailable(one -> changed.forEach(one::changed));
  }
}
