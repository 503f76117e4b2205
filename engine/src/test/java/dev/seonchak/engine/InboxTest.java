package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InboxTest {

  @Test
  void handsOverEverythingInOrder() throws InterruptedException {
    var inbox = new Inbox(10);
    List<Pending> put = List.of(pending(), pending(), pending());
    put.forEach(inbox::offer);
    assertThat(inbox.size()).isEqualTo(3);
    assertThat(inbox.take(10)).containsExactlyElementsOf(put);
    assertThat(inbox.poll(10)).isEmpty();
  }

  @Test
  void handsOverAtMostWhatIsAskedFor() throws InterruptedException {
    var inbox = new Inbox(10);
    List<Pending> put = List.of(pending(), pending(), pending());
    put.forEach(inbox::offer);
    assertThat(inbox.take(2)).containsExactly(put.get(0), put.get(1));
    assertThat(inbox.take(2)).containsExactly(put.get(2));
  }

  @Test
  void refusesWhatDoesNotFitAndWhatComesTooLate() throws InterruptedException {
    var inbox = new Inbox(2);
    assertThat(inbox.offer(pending())).isTrue();
    assertThat(inbox.offer(pending())).isTrue();
    assertThat(inbox.offer(pending())).isFalse();
    inbox.close();
    assertThat(inbox.take(1)).hasSize(1);
    assertThat(inbox.offer(pending())).isFalse();
    assertThat(inbox.take(1)).hasSize(1);
    assertThat(inbox.take(1)).isEmpty();
  }

  @Test
  void losesNothingBetweenManyAndOne() throws InterruptedException {
    var inbox = new Inbox(64);
    var accepted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int n = 0; n < 5_000; n++) {
              if (inbox.offer(pending())) {
                accepted.incrementAndGet();
              }
            }
          }));
    }
    Thread closer =
        Thread.startVirtualThread(() -> {
          try {
            for (Thread thread : threads) {
              thread.join();
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          inbox.close();
        });
    int taken = 0;
    for (List<Pending> some = inbox.take(50); !some.isEmpty(); some = inbox.take(50)) {
      taken += some.size();
    }
    closer.join();
    assertThat(taken).isEqualTo(accepted.get()).isPositive();
  }

  private static Pending pending() {
    return new Pending(Takes.take("ann", "A"), 0);
  }

  @Test
  void keepsAllOrNone() throws InterruptedException {
    var inbox = new Inbox(3);
    assertThat(inbox.offerAll(List.of(pending(), pending()))).isTrue();
    assertThat(inbox.offerAll(List.of(pending(), pending()))).isFalse();
    assertThat(inbox.offerAll(List.of(pending()))).isTrue();
    assertThat(inbox.take(2)).hasSize(2);
    inbox.close();
    assertThat(inbox.offerAll(List.of(pending()))).isFalse();
    assertThat(inbox.size()).isEqualTo(1);
  }
}
