package dev.seonchak.engine;

import dev.seonchak.engine.EngineSettings.Retries;
import dev.seonchak.engine.EngineSettings.Watch;
import dev.seonchak.engine.Outcome.Granted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A small world that lives by chance, and by nothing else than its seed.
 *
 * <p>A node with a real engine, but no threads, works on a store, which a second one sometimes
 * joins and leaves. At each step somebody does something: a buyer takes, or asks again with the
 * same key because no answer came; an order is cancelled, paid, expired, returned; a worker of some
 * node does one round; a node crashes; time passes; the database's clock jumps; faults come and go.
 * A pause inside an engine lets the rest of the world go on, so that whatever can happen in between
 * does. Each answer is compared with the store at the moment it is given, and the whole store is
 * validated again and again.
 */
final class Simulation {
  static final EngineSettings SETTINGS =
      new EngineSettings(
          2,
          20,
          7,
          2,
          Duration.ofSeconds(8),
          new Retries(3, Duration.ofMillis(1), Duration.ofMillis(250), Duration.ofSeconds(1)),
          new Watch(Duration.ofMillis(5), Duration.ofMillis(40), 20, 2, 3, 3_000),
          new Limits(2, Duration.ofMinutes(30)));
  private static final int NODES = 2;
  private static final int STEPS = 300;
  private static final int DEPTH_MAX = 3;

  /** What may be broken on purpose; a sound world changes nothing. */
  record Defects(
      boolean constraints,
      BiFunction<BatchState, List<Request>, Decision> rules,
      BiFunction<MemoryStore, Random, MemoryJournal> journal) {
    static final Defects NONE =
        new Defects(true, new Decider(SETTINGS.limits())::decide, MemoryJournal::new);
  }

  /** A buyer's wish, tried until it has an answer. */
  private record Wish(
      ClaimantId claimant, Key key, GroupId group, List<Line> lines, Duration hold) {}

  private final Random random;
  private final Defects defects;
  private final MemoryStore store;
  private final MemoryJournal journal;
  private final VirtualTime time = new VirtualTime(this::meanwhile);
  private final Engine[] nodes = new Engine[NODES];
  private final Set<Worker> running = new LinkedHashSet<>();
  private final List<Map<Integer, CompletableFuture<Outcome>>> waiting = new ArrayList<>();
  private final List<Wish> wishes = new ArrayList<>();
  private final Map<OwnKey, Granted> acknowledged = new HashMap<>();
  private final List<Throwable> broken = new ArrayList<>();
  long trace;
  final Map<String, Integer> seen = new HashMap<>();
  private int active = 1;
  private boolean atOnce;
  private int depth;
  private int ids;

  Simulation(long seed, Defects defects) {
    random = new Random(seed);
    this.defects = defects;
    store = new MemoryStore(defects.constraints());
    store.now = Instant.ofEpochSecond(1_000_000);
    store.alone = true;
    journal = defects.journal().apply(store, random);
    for (int i = 0; i < NODES; i++) {
      waiting.add(new LinkedHashMap<>());
      boot(i);
    }
    int pools = 1 + random.nextInt(4);
    for (int i = 0; i < pools; i++) {
      store.add(anyPool("P" + i));
    }
  }

  private Pool anyPool(String name) {
    Instant opens = random.nextInt(4) > 0 ? store.now : store.now.plusMillis(random.nextInt(9_000));
    return new Pool(
        Names.pool(name),
        Names.group(random.nextInt(8) > 0 ? "G" : "H"),
        random.nextInt(9),
        0,
        1,
        new Window(opens, random.nextInt(4) > 0 ? null : opens.plusMillis(random.nextInt(60_000))),
        random.nextInt(3) > 0 ? 1 + random.nextInt(3) : Pool.NO_LIMIT);
  }

  /** Lives its life; throws the first thing that went against a promise. */
  void run() throws InterruptedException {
    for (int i = 0; i < STEPS; i++) {
      step();
      if (i % 16 == 0) {
        validate();
      }
    }
    settle();
    validate();
  }

  private void validate() {
    if (!broken.isEmpty()) {
      throw new AssertionError(broken.getFirst());
    }
    Validator.of(store).validate();
  }

  private void step() throws InterruptedException {
    int dice = random.nextInt(100);
    if (dice < 34) {
      take();
    } else if (dice < 70) {
      work();
    } else if (dice < 80) {
      release();
    } else if (dice < 86) {
      pay();
    } else if (dice < 93) {
      pass();
    } else if (dice < 95) {
      journal.weather = Weather.any(random);
    } else if (dice < 96) {
      crash(random.nextInt(active));
    } else if (dice < 97) {
      joinOrLeave();
    } else if (dice < 98) {
      giveUp();
    } else if (dice < 99) {
      changePool();
    } else {
      loseDatabase();
    }
  }

  /** What happens elsewhere while an engine pauses. */
  private void meanwhile(long nanos) {
    store.now = store.now.plusNanos(nanos);
    if (depth == DEPTH_MAX) {
      return;
    }
    depth++;
    try {
      for (int i = random.nextInt(4); i > 0; i--) {
        step();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      depth--;
    }
  }

  private void take() {
    if (wishes.isEmpty() || random.nextInt(3) == 0) {
      wishes.add(anyWish());
    }
    Wish wish = wishes.get(Math.max(0, wishes.size() - 1 - random.nextInt(8)));
    var holder = Names.holder("o" + ids++);
    if (random.nextInt(25) == 0) {
      journal.poison.add(holder);
    }
    var take =
        new Request.Take(
            wish.claimant(),
            wish.key(),
            wish.lines().hashCode(),
            wish.group(),
            wish.lines(),
            wish.hold(),
            new Order(holder));
    submit(take, outcome -> check(take, outcome));
  }

  private Wish anyWish() {
    List<PoolId> some = new ArrayList<>(store.pools.keySet());
    if (random.nextInt(20) == 0) {
      some.add(Names.pool("missing"));
    }
    List<Line> lines = new ArrayList<>();
    do {
      PoolId pool = some.remove(random.nextInt(some.size()));
      lines.add(new Line(pool, random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(2)));
    } while (!some.isEmpty() && random.nextInt(3) == 0);
    boolean reuse = !wishes.isEmpty() && random.nextInt(15) == 0;
    Wish other = reuse ? wishes.get(random.nextInt(wishes.size())) : null;
    return new Wish(
        other != null ? other.claimant() : Names.claimant("c" + random.nextInt(9)),
        other != null ? other.key() : Names.key("k" + ids++),
        Names.group("G"),
        lines,
        Duration.ofMillis(1 + random.nextInt(60_000)));
  }

  private void release() {
    @Nullable HolderId holder = anyHolder();
    if (holder == null) {
      return;
    }
    MemoryStore.HolderRow row = store.holders.get(holder);
    Set<PoolId> pools = new HashSet<>();
    row.holding().claims().forEach(claim -> pools.add(claim.pool()));
    Cause cause = List.of(Cause.values()).get(random.nextInt(3));
    var release = new Request.Release(holder, row.group(), pools, cause);
    boolean mayBeLost = !store.isOnDisk(holder);
    submit(release, outcome -> check(release, outcome, mayBeLost));
  }

  /** A payment begins, fails or succeeds, under the order's lock and without the engine. */
  private void pay() {
    @Nullable HolderId holder = anyHolder();
    if (holder == null) {
      return;
    }
    store.flush();
    switch (store.holders.get(holder).holding().state()) {
      case HELD -> store.setState(holder, HolderState.BUSY);
      case BUSY ->
          store.setState(holder, random.nextBoolean() ? HolderState.CONFIRMED : HolderState.HELD);
      case CONFIRMED, RELEASED, EXPIRED, RETURNED -> {}
    }
  }

  private @Nullable HolderId anyHolder() {
    List<HolderId> all = List.copyOf(store.holders.keySet());
    return all.isEmpty() ? null : all.get(Math.max(0, all.size() - 1 - random.nextInt(6)));
  }

  private void work() throws InterruptedException {
    List<Worker> workers = nodes[random.nextInt(active)].workers();
    run(workers.get(random.nextInt(workers.size())));
  }

  private void run(Worker worker) throws InterruptedException {
    if (running.add(worker)) {
      worker.runOnce();
      running.remove(worker);
    }
  }

  private void pass() {
    long nanos =
        Duration.ofMillis(random.nextInt(random.nextInt(8) == 0 ? 120_000 : 3_000)).toNanos();
    elapse(nanos);
    if (random.nextInt(10) == 0) {
      store.now = store.now.plusMillis(random.nextInt(20_000) - 10_000);
    }
  }

  /** A node dies between two transactions, with all that waited in it. */
  private void crash(int node) {
    if (isIdle(node)) {
      boot(node);
    }
  }

  private boolean isIdle(int node) {
    return nodes[node].workers().stream().noneMatch(running::contains);
  }

  /** The database dies and comes back, with all that was on the disk. */
  private void loseDatabase() {
    store.crash();
    elapse(journal.newcomerWait().toNanos());
  }

  /** The second node is seen at once, and writes only once it has waited. */
  private void joinOrLeave() {
    if (active == 1) {
      store.alone = false;
      elapse(journal.newcomerWait().toNanos());
      active = 2;
    } else if (isIdle(1)) {
      boot(1);
      active = 1;
      store.alone = true;
    }
  }

  private void elapse(long nanos) {
    time.advance(nanos);
    store.now = store.now.plusNanos(nanos);
  }

  private void boot(int node) {
    nodes[node] = new Engine(journal, defects.rules(), SETTINGS, time, random, Runnable::run);
    waiting.get(node).clear();
  }

  /** A caller whose time is over is told what {@link Deadlines} tells. */
  private void giveUp() {
    List<CompletableFuture<Outcome>> some =
        List.copyOf(waiting.get(random.nextInt(active)).values());
    if (!some.isEmpty()) {
      some.get(random.nextInt(some.size())).complete(new Outcome.Unanswered());
    }
  }

  /** A seller opens, closes or adds. */
  private void changePool() {
    List<Pool> all = List.copyOf(store.pools.values());
    Pool old = all.get(random.nextInt(all.size()));
    store.flush();
    Instant opens = old.window().opensAt();
    var window =
        random.nextInt(4) > 0
            ? old.window()
            : new Window(opens, store.now.plusMillis(random.nextInt(30_000) - 5_000));
    store.pools.put(
        old.id(),
        new Pool(
            old.id(),
            old.group(),
            old.capacity() + random.nextInt(2),
            old.taken(),
            old.nextSequence(),
            window,
            old.limitPerClaimant()));
    nodes[random.nextInt(active)].changed(List.of(old.id()));
  }

  private void submit(Request request, Consumer<Outcome> check) {
    int node = random.nextInt(active);
    CompletableFuture<Outcome> answer = nodes[node].submit(request);
    int call = ids++;
    waiting.get(node).put(call, answer);
    atOnce = answer.isDone();
    var _ =
        answer.thenAccept(outcome -> {
          trace = 31 * trace + outcome.hashCode();
          seen.merge(name(outcome), 1, Integer::sum);
          waiting.get(node).remove(call);
          try {
            check.accept(outcome);
          } catch (AssertionError e) {
            broken.add(e);
          }
        });
    atOnce = false;
  }

  private String name(Outcome outcome) {
    if (!(outcome instanceof Outcome.Refused)) {
      return outcome.getClass().getSimpleName();
    }
    return atOnce ? "Refused at once" : isProbing() ? "Refused by probe" : "Refused";
  }

  /** Whether the worker that is answering just now is a probe and no writer. */
  private boolean isProbing() {
    if (running.isEmpty()) {
      return false;
    }
    Worker last = List.copyOf(running).getLast();
    for (Engine node : nodes) {
      if (node.workers().getFirst() == last) {
        return true;
      }
    }
    return false;
  }

  private void check(Request.Take take, Outcome outcome) {
    HolderId holder = take.holder().id();
    Remembered stored = store.remembered.get(take.ownKey());
    switch (outcome) {
      case Granted granted -> {
        expect(granted.holder().equals(holder), take, "is granted to another holder");
        acknowledge(take, granted, stored);
      }
      case Outcome.Repeated repeated -> {
        expect(!repeated.original().holder().equals(holder), take, "repeats itself");
        acknowledge(take, repeated.original(), stored);
      }
      case Outcome.KeyReused _ ->
          expect(
              stored != null && stored.fingerprint() != take.fingerprint(),
              take,
              "does not reuse a key");
      case Outcome.Refused refused -> {
        expect(!store.holders.containsKey(holder), take, "is refused and granted");
        if (atOnce || isProbing()) {
          checkProbed(take, refused, stored);
        }
      }
      case Outcome.Overloaded _ ->
          expect(!store.holders.containsKey(holder), take, "is turned away and granted");
      case Outcome.Rejected _ -> {
        expect(!store.holders.containsKey(holder), take, "is rejected and granted");
        expect(mayBeRejected(holder), take, "is rejected for a neighbour");
      }
      case Outcome.Unanswered _ -> {}
      case Outcome.Released _, Outcome.NotReleased _ -> expect(false, take, "got " + outcome);
    }
  }

  /** A race may hide the same key twice in a row, which a real index cannot. */
  private boolean mayBeRejected(HolderId holder) {
    return journal.poison.contains(holder) || journal.weather.race() > 0;
  }

  private void acknowledge(Request.Take take, Granted granted, @Nullable Remembered stored) {
    expect(stored != null && stored.granted().equals(granted), take, "is answered, not stored");
    expect(stored == null || stored.fingerprint() == take.fingerprint(), take, "is another's");
    Granted before = acknowledged.putIfAbsent(take.ownKey(), granted);
    expect(before == null || before.equals(granted), take, "has two answers");
  }

  /** What a look says must be so in the store, now. */
  private void checkProbed(
      Request.Take take, Outcome.Refused refused, @Nullable Remembered stored) {
    expect(
        stored == null || stored.fingerprint() != take.fingerprint(),
        take,
        "is refused from memory in spite of an earlier success");
    Line line = take.lines().get(refused.line());
    Pool pool = store.pools.get(line.pool());
    Reason shut = pool.window().refusalAt(store.now);
    boolean so =
        switch (refused.reason()) {
          case NOT_OPEN_YET, CLOSED -> refused.reason() == shut;
          case INVALID_QUANTITY -> line.quantity() < 1 && shut == null;
          // A pool that closes while a look is good is still sold out.
          case SOLD_OUT -> pool.taken() >= pool.capacity() && (atOnce || shut == null);
          case UNKNOWN_POOL, LIMIT_REACHED, TOO_MANY_UNPAID -> false;
        };
    expect(so, take, "is refused wrongly: " + refused);
  }

  /**
   * @param mayBeLost whether the holder was only visible when its release was asked for
   */
  private void check(Request.Release release, Outcome outcome, boolean mayBeLost) {
    MemoryStore.HolderRow row = store.holders.get(release.holder());
    HolderState state = row == null ? null : row.holding().state();
    boolean so =
        switch (outcome) {
          case Outcome.Released _ -> state == release.cause().becomes();
          case Outcome.NotReleased(Obstacle why) ->
              switch (why) {
                case ALREADY_RELEASED -> state == HolderState.RELEASED;
                case ALREADY_EXPIRED -> state == HolderState.EXPIRED;
                case ALREADY_RETURNED -> state == HolderState.RETURNED;
                case UNKNOWN_HOLDER -> mayBeLost;
                case BUSY, CONFIRMED, NOT_CONFIRMED, NOT_DUE -> true;
              };
          case Outcome.Overloaded _, Outcome.Unanswered _ -> true;
          default -> false;
        };
    expect(so, release, outcome + ", but it is " + state);
  }

  private void expect(boolean so, Object what, String otherwise) {
    if (!so) {
      broken.add(new AssertionError(what + " " + otherwise));
    }
  }

  /** Fair weather until nobody waits any more. */
  private void settle() throws InterruptedException {
    journal.weather = Weather.FAIR;
    depth = DEPTH_MAX;
    for (int round = 0; round < 50; round++) {
      for (Engine node : nodes) {
        for (Worker worker : node.workers()) {
          run(worker);
        }
      }
    }
    expect(waiting.stream().allMatch(Map::isEmpty), waiting, "wait for ever");
    acknowledged.forEach((key, granted) ->
        expect(
            store.remembered.containsKey(key)
                && store.remembered.get(key).granted().equals(granted)
                && store.holders.containsKey(granted.holder()),
            granted,
            "is lost"));
  }
}
