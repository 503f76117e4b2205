package dev.seonchak.allocation;

import dev.seonchak.engine.Engine;
import dev.seonchak.engine.PoolId;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells this node's engine of pools that are changed past it, before that is committed and after
 * it. Thread-safe.
 *
 * @param engine none where nothing is ever taken
 */
record ChangedPools(ObjectProvider<Engine> engine) {

  /** To be called within the transaction that changes the pools, or else after the change. */
  void tell(Collection<PoolId> pools) {
    List<PoolId> changed = List.copyOf(pools);
    engine.ifAvailable(one -> one.changing(changed));
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      engine.ifAvailable(one -> one.changed(changed));
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            engine.ifAvailable(one -> one.changed(changed));
          }
        });
  }
}
