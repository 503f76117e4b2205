package dev.seonchak.lab;

import dev.seonchak.lab.load.Coupons;
import dev.seonchak.lab.load.CrossedCarts;
import dev.seonchak.lab.load.HotItem;
import dev.seonchak.lab.load.ManyItems;
import dev.seonchak.lab.load.SoldOutStorm;
import dev.seonchak.lab.load.WaitingLine;
import dev.seonchak.lab.ways.Trait;
import dev.seonchak.lab.ways.Ways;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The catalogue: everything that ways are put to, in the order in which it is run. */
enum Workloads {
  /** The reason for all this. */
  HOT_ITEM(
      "Ways of a hold on one hot item",
      "One hot item with enough for all: every hold by another person under a new key, one unit, with answers to a form"
          + " of three questions. Every way but Redis INCR does the whole work of a hold: claim, order with answers,"
          + " limit per person and idempotency key, durable before it is answered (fsync on). Wrong ways work on tables"
          + " without the unique numbers and the check of the counter, and in their first round on a stock of "
          + Workloads.SCARCE
          + ", which runs out.") {
    @Override
    List<Contestant> contestants(Stage stage) {
      return stage.each(
          way -> !way.is(Trait.LINES_ONLY),
          way -> way.is(Trait.WRONG) ? HotItem.scarceAtFirst(SCARCE) : HotItem.fresh());
    }

    @Override
    List<Bar> bars(Figures figures) {
      List<Bar> bars = new ArrayList<>();
      bars.addAll(figures.ratio("redis-lock", 60));
      bars.addAll(figures.ratio("pessimistic", 50));
      bars.addAll(figures.ratio("conditional", 35));
      bars.addAll(figures.ratio("redis-incr-insert", 5));
      bars.addAll(figures.ratio("redis-incr", 0.8));
      bars.add(
          Bar.atMost(
              "p99.99 of the engine by its p50",
              figures.ours().latencies().p9999() / figures.ours().latencies().p50(),
              10));
      return bars;
    }
  },
  /** Whether many hot pools cost more than one. */
  MANY_ITEMS(
      "One hot item, a hundred, ten thousand",
      "Holds of one unit of one of so many items, each of a drop of its own, all wanted alike, and enough of each.") {
    @Override
    List<Contestant> contestants(Stage stage) {
      List<Contestant> all = new ArrayList<>();
      for (int count : List.of(1, 100, 10_000)) {
        stage.each(Workloads::keepsRows, way -> new ManyItems(count)).stream()
            .map(one -> one.at(count, "%,d items".formatted(count)))
            .forEach(all::add);
      }
      return all;
    }

    @Override
    boolean isUsualFor(Ways way) {
      return switch (way) {
        case SEONCHAK, OPTIMISTIC, PESSIMISTIC, CONDITIONAL, SINGLE_STATEMENT -> true;
        default -> false;
      };
    }

    @Override
    List<Bar> bars(Figures figures) {
      return figures.costs("seonchak-10000", 1.5);
    }
  },
  /** All or nothing of several pools, without a deadlock. */
  CARTS(
      "Carts of three items in crossed order",
      "Everybody wants one of each of the same three items, all or nothing, and names them in an order of his own.") {
    @Override
    List<Contestant> contestants(Stage stage) {
      return stage.each(way -> way.is(Trait.CARTS), way -> new CrossedCarts());
    }
  },
  /** What a refusal costs. */
  SOLD_OUT(
      "A storm of which one in a hundred wins",
      "The pool has one unit for a hundred requests; the round ends when all have their answer. Exactly as many as there"
          + " are must win. The engine answers more requests than the others, which would take minutes for as many.") {
    @Override
    List<Contestant> contestants(Stage stage) {
      int callers = stage.plan().callers();
      return stage.each(
          Workloads::keepsRows, way -> new SoldOutStorm(callers, way == Ways.SEONCHAK ? 300 : 5));
    }
  },
  /** What a store's line is made of. */
  LINE(
      "One waiting line that everybody joins thirty times",
      "Numbers must be exactly 1 to the number of entries, and whoever joins after somebody was told a number must get a"
          + " larger one.") {
    @Override
    List<Contestant> contestants(Stage stage) {
      int callers = stage.plan().callers();
      return stage.each(way -> !way.is(Trait.WRONG), way -> new WaitingLine(callers, 30));
    }

    @Override
    boolean isUsualFor(Ways way) {
      return switch (way) {
        case SEONCHAK,
            PESSIMISTIC,
            SINGLE_STATEMENT,
            REDIS_INCR_INSERT,
            REDIS_LINE,
            KAFKA_LINE,
            REDIS_INCR,
            REDIS_INCR_ASYNC ->
            true;
        default -> false;
      };
    }

    @Override
    List<Bar> bars(Figures figures) {
      List<Bar> bars = new ArrayList<>();
      bars.addAll(figures.ratio("pessimistic", 10));
      bars.addAll(figures.ratio("redis-line", 1));
      return bars;
    }
  },
  /** What is given away, one each. */
  COUPONS(
      "A thousand tries for a hundred coupons, one each",
      "All try at once, each person four times; exactly as many coupons as there are must be given, to one person each.") {
    @Override
    List<Contestant> contestants(Stage stage) {
      int callers = stage.plan().callers();
      return stage.each(Workloads::keepsRows, way -> new Coupons(callers));
    }
  },
  /** Whether several may share one database. */
  PROCESSES(
      "One process on a database, and two",
      "The callers, the engine and its one connection in a process of their own, or half of the callers in each of two;"
          + " one hot item in both cases, so that both want the same row.") {
    @Override
    List<Contestant> contestants(Stage stage) {
      return List.of(
          stage.ours("one-process", "one process", "lab", HotItem.fresh()).in(1),
          stage.ours("two-processes", "two processes", "lab", HotItem.fresh()).in(2));
    }

    @Override
    List<Bar> bars(Figures figures) {
      return figures.costs("two-processes", 1 / 0.9);
    }
  },
  /** Whether what was sold long ago makes today's holds slower. */
  AGED(
      "The engine on a database with a past",
      "The engine on one hot item: alone, beside drops that sold millions, or having sold millions itself, with their"
          + " orders; people and keys are random, so rows of a round fall anywhere among theirs.") {
    @Override
    List<Contestant> contestants(Stage stage) {
      int claims = stage.claimsBefore();
      return List.of(
          stage.ours("fresh", "an empty pool", "fresh", HotItem.fresh()),
          stage.ours(
              "besides",
              "an empty pool, other drops with %,d claims".formatted(claims),
              "besides",
              HotItem.besides(claims)),
          stage.ours(
              "aged", "a pool with %,d claims".formatted(claims), "aged", HotItem.aged(claims)));
    }

    @Override
    List<Bar> bars(Figures figures) {
      List<Bar> bars = new ArrayList<>(figures.costs("besides", 1.1));
      bars.addAll(figures.costs("aged", 1.1));
      return bars;
    }
  };

  /** So few that the slowest way sells them in a round. */
  private static final int SCARCE = 200;

  private final String title;
  private final String remark;

  Workloads(String title, String remark) {
    this.title = title;
    this.remark = remark;
  }

  /** Where wrong ways would only be wrong again. */
  private static boolean keepsRows(Ways way) {
    return way.kept() == Ways.Kept.ROWS && !way.is(Trait.WRONG);
  }

  /** Whether a way takes part without being asked for by name. */
  boolean isUsualFor(Ways way) {
    return true;
  }

  /** Who is compared; the first one is what the others are compared with. */
  abstract List<Contestant> contestants(Stage stage);

  /** What must be reached, besides that every row is right. */
  List<Bar> bars(Figures figures) {
    return List.of();
  }

  /** For people. */
  String title() {
    return title;
  }

  /** What is asked for, in sentences. */
  String remark() {
    return remark;
  }

  /** As written on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
