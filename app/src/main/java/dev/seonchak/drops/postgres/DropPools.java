package dev.seonchak.drops.postgres;

import dev.seonchak.allocation.Pools;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Plan;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.PoolId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stock of a drop: one pool per item, under the item's id, in the drop's group. */
@Component
class DropPools {
  private final Pools pools;

  DropPools(Pools pools) {
    this.pools = pools;
  }

  void create(DropId drop, Plan plan) {
    pools.create(
        group(drop),
        plan.items().stream()
            .map(planned ->
                new Pools.NewPool(
                    pool(planned.item()), planned.capacity(), planned.item().limitPerPerson()))
            .toList());
  }

  /** For a draft only: nothing was taken from its pools. */
  void replace(DropId drop, Plan plan) {
    if (!pools.discard(group(drop))) {
      throw new IllegalStateException("the pools of draft " + drop + " are in use");
    }
    create(drop, plan);
  }

  void open(Drop drop, @Nullable Instant closesAt) {
    pools.open(group(drop.id()), drop.opensAt(), closesAt);
  }

  void close(DropId drop) {
    pools.close(group(drop));
  }

  Map<ItemId, Long> capacities(Drop drop) {
    var capacities = new HashMap<ItemId, Long>();
    pools
        .stock(drop.items().stream().map(DropPools::pool).collect(Collectors.toSet()))
        .forEach((pool, stock) -> capacities.put(new ItemId(pool.value()), stock.capacity()));
    return capacities;
  }

  /** Raises capacities in id order, as everybody locks pools. */
  void grow(Plan plan, Map<ItemId, Long> capacities) {
    plan.items().stream()
        .filter(planned -> planned.capacity() > capacities.getOrDefault(planned.item().id(), 0L))
        .sorted((a, b) -> pool(a.item()).compareTo(pool(b.item())))
        .forEach(planned -> growOne(pool(planned.item()), planned.capacity()));
  }

  private void growOne(PoolId pool, long capacity) {
    if (!pools.resize(pool, capacity)) {
      throw new IllegalStateException("pool " + pool.value() + " cannot grow to " + capacity);
    }
  }

  private static GroupId group(DropId drop) {
    return new GroupId(drop.value());
  }

  private static PoolId pool(Item item) {
    return new PoolId(item.id().value());
  }
}
