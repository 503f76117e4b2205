package dev.seonchak.payments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Tables without a database, with what paying relies on: transactions that see what others have
 * committed and never what they have not, and locks on rows until the end of the transaction. Each
 * statement begins with a step of the schedule; outside a transaction it is one of its own.
 */
final class MemoryDatabase extends AbstractPlatformTransactionManager {
  private static final long serialVersionUID = 1;

  private final transient Schedule schedule;
  private final transient Runnable committed;
  private final transient Map<Thread, Work> open = new HashMap<>();
  private final transient Map<Cell, Work> locks = new HashMap<>();

  /**
   * @param committed is called after each commit that has changed something
   */
  MemoryDatabase(Schedule schedule, Runnable committed) {
    this.schedule = schedule;
    this.committed = committed;
  }

  private record Cell(Table<?, ?> table, Object key) {}

  /** What a transaction has changed. */
  private static final class Work {
    private final List<Runnable> changes = new ArrayList<>();
    private final Map<Cell, Object> seen = new HashMap<>();
  }

  @Override
  protected Object doGetTransaction() {
    return this;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    open.put(Thread.currentThread(), new Work());
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    schedule.step();
    commit();
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    end();
  }

  private void commit() {
    var work = work();
    work.changes.forEach(Runnable::run);
    end();
    if (!work.changes.isEmpty()) {
      committed.run();
    }
  }

  private void end() {
    var work = open.remove(Thread.currentThread());
    locks.values().removeIf(owner -> owner == work);
  }

  private Work work() {
    return Objects.requireNonNull(open.get(Thread.currentThread()), "there is no transaction");
  }

  boolean inTransaction() {
    return open.containsKey(Thread.currentThread());
  }

  <T> T statement(Supplier<T> body) {
    schedule.step();
    if (inTransaction()) {
      return body.get();
    }
    open.put(Thread.currentThread(), new Work());
    try {
      T result = body.get();
      commit();
      return result;
    } finally {
      end();
    }
  }

  /** A table; its methods are parts of statements. */
  final class Table<K, V> {
    private final Map<K, V> rows = new LinkedHashMap<>();

    /** What everybody sees. */
    List<V> committed() {
      return List.copyOf(rows.values());
    }

    Optional<V> read(K key) {
      return Optional.ofNullable(see(key));
    }

    /** What this transaction sees. */
    List<V> all() {
      var all = new LinkedHashMap<>(rows);
      work()
          .seen
          .forEach((cell, row) -> {
            if (cell.table() == this) {
              all.put(key(cell), row(row));
            }
          });
      return List.copyOf(all.values());
    }

    @SuppressWarnings("unchecked")
    private K key(Cell cell) {
      return (K) cell.key();
    }

    @SuppressWarnings("unchecked")
    private V row(Object row) {
      return (V) row;
    }

    private @Nullable V see(K key) {
      var own = work().seen.get(new Cell(this, key));
      return own != null ? row(own) : rows.get(key);
    }

    /** Waits until no other transaction has locked the row. */
    Optional<V> lock(K key) {
      var cell = new Cell(this, key);
      var work = work();
      schedule.await(() -> !locks.containsKey(cell) || locks.get(cell) == work);
      locks.put(cell, work);
      return read(key);
    }

    /**
     * Changes a row, if it fits when it is read and, where somebody has changed it while this
     * waited for its lock, still fits.
     */
    boolean update(K key, Predicate<V> where, UnaryOperator<V> change) {
      var before = see(key);
      if (before == null || !where.test(before)) {
        return false;
      }
      lock(key);
      var now = Objects.requireNonNull(see(key));
      if (!now.equals(before) && !where.test(now)) {
        return false;
      }
      write(key, change.apply(now));
      return true;
    }

    void insert(K key, V row) {
      if (see(key) != null) {
        throw new IllegalStateException("there is already a row " + key);
      }
      locks.put(new Cell(this, key), work());
      write(key, row);
    }

    private void write(K key, V row) {
      work().seen.put(new Cell(this, key), row);
      work().changes.add(() -> rows.put(key, row));
    }
  }
}
