package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.engine.Simulation.Defects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shows that the simulation can fail: each way of breaking the engine or its journal is noticed.
 *
 * <p>The stores have no constraints here, so that it is the simulation that notices.
 */
class SimulationNoticesTest {
  private static final int WORLDS_MAX = 500;
  private static final Decider DECIDER = new Decider(Simulation.SETTINGS.limits());

  /** A mistake in the rules, made by spoiling what goes into them or what comes out. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum BrokenRules {
    USES_NUMBERS_AGAIN(
        pools(pool -> MemoryStore.counters(pool, pool.taken(), pool.taken() + 1)), _ -> {}),
    SKIPS_A_NUMBER(
        pools(pool -> MemoryStore.counters(pool, pool.taken(), pool.nextSequence() + 1)), _ -> {}),
    SELLS_MORE_THAN_THERE_IS(
        pools(pool -> with(pool, pool.capacity() + 1, pool.limitPerClaimant())), _ -> {}),
    FORGETS_KEYS(state -> state.remembered().clear(), _ -> {}),
    FORGETS_WHAT_CLAIMANTS_HAVE(state -> state.units().clear(), _ -> {}),
    GIVES_BACK_TWICE(
        state ->
            state
                .holdings()
                .replaceAll((_, old) ->
                    new Holding(old.claimant(), HolderState.HELD, old.deadline(), old.claims())),
        _ -> {}),
    FORGETS_TO_COUNT_EXPIRIES(_ -> {}, decision -> decision.lapses().clear()),
    KEEPS_RETURNED_STOCK(
        _ -> {}, decision -> decision.pools().removeIf(change -> change.takenDelta() < 0)),
    ANSWERS_THE_WRONG_CALLER(_ -> {}, decision -> Collections.reverse(decision.outcomes()));

    private final Consumer<BatchState> before;
    private final Consumer<Decision> after;

    BrokenRules(Consumer<BatchState> before, Consumer<Decision> after) {
      this.before = before;
      this.after = after;
    }

    Decision decide(BatchState state, List<Request> batch) {
      before.accept(state);
      Decision decision = DECIDER.decide(state, batch);
      after.accept(decision);
      return decision;
    }

    private static Consumer<BatchState> pools(UnaryOperator<Pool> change) {
      return state -> state.pools().replaceAll((_, pool) -> change.apply(pool));
    }
  }

  private static Pool with(Pool pool, long capacity, int limit) {
    return new Pool(
        pool.id(), pool.group(), capacity, pool.taken(), pool.nextSequence(), pool.window(), limit);
  }

  @ParameterizedTest
  @EnumSource
  void noticesBrokenRules(BrokenRules broken) {
    assertNoticed(new Defects(false, broken::decide, MemoryJournal::new));
  }

  /** Each request is judged by what its claimant had before the batch. */
  @Test
  void noticesALimitThatForgetsTheBatch() {
    BiFunction<BatchState, List<Request>, Decision> rules =
        (state, batch) -> {
          if (batch.stream().noneMatch(request -> isOverLimitAlone(state, request))) {
            state.pools().replaceAll((_, pool) -> with(pool, pool.capacity(), Pool.NO_LIMIT));
          }
          return DECIDER.decide(state, batch);
        };
    assertNoticed(new Defects(false, rules, MemoryJournal::new));
  }

  private static boolean isOverLimitAlone(BatchState state, Request request) {
    return DECIDER.decide(state, List.of(request)).outcomes().getFirst()
            instanceof Outcome.Refused(Reason reason, int _)
        && reason == Reason.LIMIT_REACHED;
  }

  @Test
  void noticesAnAnswerBeforeTheCommit() {
    assertNoticed(
        journal((store, random) ->
            new MemoryJournal(store, random) {
              @Override
              void commit(Decision decision) throws JournalException {
                if (random.nextInt(20) > 0) {
                  super.commit(decision);
                }
              }
            }));
  }

  @Test
  void noticesHalfACommit() {
    assertNoticed(
        journal((store, random) ->
            new MemoryJournal(store, random) {
              @Override
              void commit(Decision decision) throws JournalException {
                super.commit(
                    random.nextInt(20) > 0
                        ? decision
                        : new Decision(
                            decision.at(),
                            decision.outcomes(),
                            decision.takes(),
                            decision.releases(),
                            List.of(),
                            decision.lapses(),
                            decision.after()));
              }
            }));
  }

  @Test
  void noticesCountersWrittenFromAnOldRead() {
    assertNoticed(
        journal((store, random) ->
            new MemoryJournal(store, random) {
              private final Map<PoolId, Pool> old = new HashMap<>();

              @Override
              public Committed transact(
                  List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
                  throws JournalException {
                return super.transact(
                    batch,
                    state -> {
                      state.pools().replaceAll((id, pool) -> old.getOrDefault(id, pool));
                      old.putAll(store.pools);
                      return decide.apply(state);
                    },
                    commit);
              }
            }));
  }

  @Test
  void noticesAProbeThatForgetsClaimants() {
    assertNoticed(
        probe(probe -> {
          probe
              .claimants()
              .replaceAll((_, page) ->
                  new Probe.Page(page.claimants().stream().skip(1).toList(), page.through()));
          return probe;
        }));
  }

  @Test
  void noticesAProbeOfAnOldMoment() {
    assertNoticed(
        journal((store, random) ->
            new MemoryJournal(store, random) {
              private final List<Probe> earlier = new ArrayList<>();

              @Override
              public Probe probe(Set<PoolId> pools, Map<PoolId, Long> after, int max)
                  throws JournalException {
                Probe now = super.probe(pools, after, max);
                earlier.add(now);
                Probe old = earlier.get(Math.max(0, earlier.size() - 2));
                return old.pools().keySet().containsAll(pools) ? old : now;
              }
            }));
  }

  @Test
  void noticesAProbeThatOverlooksAnotherNode() {
    assertNoticed(
        probe(probe ->
            new Probe(probe.epoch(), true, probe.now(), probe.pools(), probe.claimants())));
  }

  @Test
  void noticesANewcomerThatDoesNotWait() {
    assertNoticed(
        journal((store, random) ->
            new MemoryJournal(store, random) {
              @Override
              Duration newcomerWait() {
                return Duration.ZERO;
              }
            }));
  }

  @Test
  void noticesAnAnswerBeforeTheFlush() {
    assertNoticed(
        journal((store, random) ->
            new MemoryJournal(store, random) {
              @Override
              public void flush(long epoch) {}
            }));
  }

  @Test
  void noticesAnAnswerFromWhatIsNotDurable() {
    assertNoticed(
        journal((store, random) ->
            new MemoryJournal(store, random) {
              private boolean isNew;

              @Override
              void commit(Decision decision) throws JournalException {
                isNew = !decision.isEmpty();
                super.commit(decision);
              }

              @Override
              void flush() {
                if (isNew) {
                  super.flush();
                }
              }
            }));
  }

  @Test
  void noticesAFlushAfterALoss() {
    assertNoticed(
        journal((store, random) ->
            new MemoryJournal(store, random) {
              @Override
              public void flush(long epoch) throws JournalException {
                super.flush(store.epoch);
              }
            }));
  }

  @Test
  void noticesAProbeThatDoesNotForgetWhatWasLost() {
    assertNoticed(
        probe(probe -> new Probe(7, probe.alone(), probe.now(), probe.pools(), probe.claimants())));
  }

  @Test
  void noticesARepetitionThatIgnoresWhatWasLost() {
    BiFunction<MemoryStore, Random, MemoryJournal> forgetful =
        (store, random) ->
            new MemoryJournal(store, random) {
              private boolean lost;

              @Override
              public Committed transact(
                  List<Request> batch, Function<BatchState, Decision> decide, Commit commit)
                  throws JournalException {
                try {
                  boolean again = lost;
                  lost = false;
                  return super.transact(
                      batch,
                      state -> {
                        if (again) {
                          state.remembered().clear();
                        }
                        return decide.apply(state);
                      },
                      commit);
                } catch (JournalException e) {
                  lost = e.kind() == JournalException.Kind.UNKNOWN;
                  throw e;
                }
              }
            };
    assertNoticed(journal(forgetful));
  }

  @Test
  void hasNothingToSayWhenNothingIsBroken() throws InterruptedException {
    for (long seed = 0; seed < 50; seed++) {
      new Simulation(seed, new Defects(true, DECIDER::decide, MemoryJournal::new)).run();
    }
  }

  private static Defects journal(BiFunction<MemoryStore, Random, MemoryJournal> journal) {
    return new Defects(false, DECIDER::decide, journal);
  }

  /** What every probe says is changed like this. */
  private static Defects probe(UnaryOperator<Probe> spoil) {
    return journal((store, random) ->
        new MemoryJournal(store, random) {
          @Override
          public Probe probe(Set<PoolId> pools, Map<PoolId, Long> after, int max)
              throws JournalException {
            return spoil.apply(super.probe(pools, after, max));
          }
        });
  }

  private static void assertNoticed(Defects defects) {
    for (long seed = 0; seed < WORLDS_MAX; seed++) {
      try {
        new Simulation(seed, defects).run();
      } catch (AssertionError noticed) {
        return;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(WORLDS_MAX).as("worlds in which nobody noticed").isZero();
  }
}
