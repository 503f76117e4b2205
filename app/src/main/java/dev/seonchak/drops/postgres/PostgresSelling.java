package dev.seonchak.drops.postgres;

import dev.seonchak.drops.Draft;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Plan;
import dev.seonchak.drops.Selling;
import dev.seonchak.runtime.Ids;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes drops; a drop and its pools change in one transaction. */
@Service
class PostgresSelling implements Selling {
  private final TransactionTemplate transaction;
  private final DropWrites writes;
  private final DropPools pools;
  private final CachedDrops cache;
  private final Ids ids;

  PostgresSelling(
      TransactionTemplate transaction,
      DropWrites writes,
      DropPools pools,
      CachedDrops cache,
      Ids ids) {
    this.transaction = transaction;
    this.writes = writes;
    this.pools = pools;
    this.cache = cache;
    this.ids = ids;
  }

  @Override
  public Outcome create(AccountId seller, Draft draft) {
    return transaction.execute(any ->
        switch (Plan.of(draft, writes.now(), List.of(), this::newItem)) {
          case Plan.Reading.Bad bad -> invalid(bad);
          case Plan.Reading.Good(var plan) -> {
            var id = new DropId(ids.next());
            writes.insert(id, seller, plan);
            pools.create(id, plan);
            yield done(id);
          }
        });
  }

  @Override
  public Outcome edit(AccountId seller, DropId id, Draft draft) {
    return change(
        seller,
        id,
        drop ->
            switch (drop.state()) {
              case CLOSED -> new Outcome.Not(drop.state());
              case DRAFT, PUBLISHED ->
                  switch (Plan.of(draft, drop.opensAt(), drop.items(), this::newItem)) {
                    case Plan.Reading.Bad bad -> invalid(bad);
                    case Plan.Reading.Good(var plan) when drop.state() == Drop.State.DRAFT ->
                        replace(id, plan);
                    case Plan.Reading.Good(var plan) -> amend(drop, plan);
                  };
            });
  }

  @Override
  public Outcome publish(AccountId seller, DropId id) {
    return change(
        seller,
        id,
        drop ->
            switch (drop.state()) {
              case CLOSED -> new Outcome.Not(drop.state());
              case PUBLISHED -> new Outcome.Done(drop);
              case DRAFT -> publish(drop);
            });
  }

  @Override
  public Outcome close(AccountId seller, DropId id) {
    return change(
        seller,
        id,
        drop ->
            switch (drop.state()) {
              case DRAFT -> new Outcome.Not(drop.state());
              case CLOSED -> new Outcome.Done(drop);
              case PUBLISHED -> {
                writes.close(id);
                pools.close(id);
                yield done(id);
              }
            });
  }

  private Outcome replace(DropId id, Plan plan) {
    writes.replace(id, plan);
    pools.replace(id, plan);
    return done(id);
  }

  private Outcome amend(Drop drop, Plan plan) {
    var capacities = pools.capacities(drop);
    var frozen = plan.changesOf(drop, capacities);
    if (frozen.isPresent()) {
      return new Outcome.Published(frozen.get());
    }
    if (!Objects.equals(plan.closesAt(), drop.closesAt())) {
      if (isOver(plan.closesAt())) {
        return over();
      }
      pools.open(drop, plan.closesAt());
    }
    writes.amend(drop.id(), plan);
    pools.grow(plan, capacities);
    return done(drop.id());
  }

  private Outcome publish(Drop drop) {
    if (drop.items().isEmpty()) {
      return new Outcome.Invalid("items", "There must be something to sell.");
    }
    if (isOver(drop.closesAt())) {
      return over();
    }
    writes.publish(drop.id());
    pools.open(drop, drop.closesAt());
    return done(drop.id());
  }

  /** Runs a change on the locked drop, and afterwards makes this process see it at once. */
  private Outcome change(AccountId seller, DropId id, Function<Drop, Outcome> change) {
    var outcome =
        transaction.execute(
            any -> writes.lock(id, seller).map(change).orElseGet(Outcome.Unknown::new));
    cache.forget(id);
    return outcome;
  }

  private boolean isOver(@Nullable Instant closesAt) {
    return closesAt != null && !closesAt.isAfter(writes.now());
  }

  private Outcome done(DropId id) {
    return new Outcome.Done(writes.read(id));
  }

  private ItemId newItem() {
    return new ItemId(ids.next());
  }

  private static Outcome over() {
    return new Outcome.Invalid("closesAt", "This time has passed.");
  }

  private static Outcome invalid(Plan.Reading.Bad bad) {
    return new Outcome.Invalid(bad.field(), bad.reason());
  }
}
