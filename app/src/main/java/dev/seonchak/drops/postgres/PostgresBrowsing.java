package dev.seonchak.drops.postgres;

import dev.seonchak.allocation.Pools;
import dev.seonchak.allocation.Stock;
import dev.seonchak.drops.Browsing;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.drops.Limits;
import dev.seonchak.drops.Offer;
import dev.seonchak.engine.PoolId;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Shows drops: what they say from the cache or one read, what is free from the pools in another.
 */
@Service
class PostgresBrowsing implements Browsing {
  private final Drops drops;
  private final DropReads reads;
  private final Pools pools;

  PostgresBrowsing(Drops drops, DropReads reads, Pools pools) {
    this.drops = drops;
    this.reads = reads;
    this.pools = pools;
  }

  @Override
  public Optional<Offer> read(DropId id, @Nullable AccountId visitor) {
    return drops
        .cached(id)
        .filter(drop -> drop.state() != Drop.State.DRAFT || drop.seller().equals(visitor))
        .map(drop -> offers(List.of(drop), pools::live).getFirst());
  }

  @Override
  public Offer offer(Drop drop) {
    return offers(List.of(drop), pools::stock).getFirst();
  }

  @Override
  public Page<Offer> list(Query query, @Nullable AccountId visitor) {
    var most = Limits.STANDARD.pageDropsMax();
    var found = reads.list(query, visitor, most + 1);
    var page = found.subList(0, Math.min(most, found.size()));
    var next = found.size() > most ? page.getLast().id().toString() : null;
    return new Page<>(offers(page, pools::live), next);
  }

  private static List<Offer> offers(
      List<Drop> drops, Function<Set<PoolId>, Map<PoolId, Stock>> read) {
    var stock =
        read.apply(
            drops.stream()
                .flatMap(drop -> drop.items().stream())
                .map(item -> new PoolId(item.id().value()))
                .collect(Collectors.toSet()));
    return drops.stream().map(drop -> new Offer(drop, stockOf(drop, stock))).toList();
  }

  private static Map<ItemId, Stock> stockOf(Drop drop, Map<PoolId, Stock> stock) {
    var ofDrop = HashMap.<ItemId, Stock>newHashMap(drop.items().size());
    for (var item : drop.items()) {
      var found = stock.get(new PoolId(item.id().value()));
      if (found != null) {
        ofDrop.put(item.id(), found);
      }
    }
    return ofDrop;
  }
}
