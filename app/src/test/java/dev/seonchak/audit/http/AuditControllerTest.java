package dev.seonchak.audit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seonchak.audit.Audit;
import dev.seonchak.audit.Limits;
import dev.seonchak.audit.Report;
import dev.seonchak.audit.Report.MoneyCount;
import dev.seonchak.audit.Verdict;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Drops;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.Refusal;
import dev.seonchak.shared.SessionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditControllerTest {
  private static final Report CLEAN = new Report(List.of(), new MoneyCount(0, 0, 0, 0), List.of());
  private static final UUID DROP = new UUID(1, 1);

  /** An operator may audit any drop, so none is looked up. */
  private static final Drops UNASKED =
      new Drops() {
        @Override
        public Optional<Drop> cached(DropId id) {
          throw new AssertionError();
        }

        @Override
        public Map<DropId, Drop> find(Set<DropId> ids) {
          throw new AssertionError();
        }
      };

  private final CountDownLatch begun = new CountDownLatch(Limits.STANDARD.auditsAtOnceMax());
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void refusesOneMoreThanRunAtATimeAndTakesTheNextOnceThereIsAPlace() throws Exception {
    var controller = new AuditController(slow(), UNASKED);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> running =
          IntStream.range(0, Limits.STANDARD.auditsAtOnceMax())
              .mapToObj(any -> threads.submit(() -> controller.drop(DROP, operator())))
              .toList();
      begun.await();

      assertThatThrownBy(() -> controller.drop(DROP, operator()))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> {
                assertThat(refusal.problem().status()).isEqualTo(503);
                assertThat(refusal.problem().type()).isEqualTo("overloaded");
              });

      end.countDown();
      for (var one : running) {
        one.get();
      }
    }
    assertThat(controller.drop(DROP, operator()).clean()).isTrue();
  }

  private static Caller operator() {
    return new Caller(
        new AccountId(new UUID(2, 2)), new SessionId(new UUID(3, 3)), Set.of(AccountRole.OPERATOR));
  }

  private Audit slow() {
    return new Audit() {
      @Override
      public Optional<Report> drop(DropId id) {
        begun.countDown();
        try {
          end.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        return Optional.of(CLEAN);
      }

      @Override
      public Optional<Verdict> last(DropId id) {
        throw new AssertionError();
      }
    };
  }
}
