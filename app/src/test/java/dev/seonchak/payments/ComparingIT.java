package dev.seonchak.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.seonchak.payments.Difference.Kind;
import dev.seonchak.payments.Difference.Sums;
import dev.seonchak.payments.Payment.State;
import dev.seonchak.payments.postgres.PostgresComparisons;
import dev.seonchak.shared.PaymentId;
import java.time.Duration;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The daily comparison, with a company that does what it should not. */
class ComparingIT {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(1000);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  /** Everything that a test has made different is put right by it. */
  @AfterEach
  void nothingIsLeft() {
    tomorrow();
    assertThat(shop.comparing.list(Long.MAX_VALUE, 100)).isEmpty();
    assertThat(shop.gauge("seonchak.payments.differences")).isZero();
    Books.check(shop);
  }

  /** Lets the next round be the first of a day. */
  private static void tomorrow() {
    shop.database.sql("delete from comparisons").update();
    shop.comparing.round();
  }

  /** What the company's books say of a payment from now on. */
  private static void there(Shop.Return back, String status, long captured, long cancelled) {
    shop.database
        .sql("update simulator.sessions set status = ?, captured = ?, cancelled = ? where tid = ?")
        .param(status)
        .param(captured)
        .param(cancelled)
        .param(shop.payment(back).gatewayId())
        .update();
  }

  private static void differs(Shop.Return back, Kind kind, Sums here, Sums there) {
    assertThat(shop.comparing.list(Long.MAX_VALUE, 100))
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.payment()).isEqualTo(shop.payment(back).id());
          assertThat(difference.order()).isEqualTo(back.order());
          assertThat(difference.kind()).isEqualTo(kind);
          assertThat(difference.here()).isEqualTo(here);
          assertThat(difference.there()).isEqualTo(there);
          assertThat(difference.age()).isLessThan(Duration.ofMinutes(1));
        });
    assertThat(shop.gauge("seonchak.payments.differences")).isEqualTo(1);
  }

  @Test
  void findsNothingWhereBothAgree() {
    shop.comeBack(shop.agreed(LONG));
    shop.agreed(LONG);
    var wrong = shop.agreed(LONG);
    shop.flip(wrong.order(), "approve", "wrong-amount", 0);
    shop.comeBack(wrong);
    shop.reconciled(wrong, State.REFUNDED);
  }

  @Test
  void findsMoneyThatThereIsOnlyThereAndGivesItBack() {
    var buyer = shop.buyer();
    var pool = shop.orders.pool(1);
    var back = shop.agreed(shop.orders.held(pool, buyer, 12_000, 200), buyer);
    Waiting.until(() -> shop.orders.expire(back.order()));
    shop.orders.held(pool, shop.buyer(), 12_000, 60_000);
    shop.comeBack(back);
    assertThat(shop.payment(back).state()).isEqualTo(State.FAILED);
    there(back, "CAPTURED", 12_000, 0);
    tomorrow();
    differs(back, Kind.NOT_CAPTURED_HERE, new Sums(0, 0), new Sums(12_000, 0));
    shop.reconciled(back, State.REFUNDED);
  }

  @Test
  void findsMoneyThatIsNotThere() {
    var back = shop.agreed(LONG);
    shop.comeBack(back);
    there(back, "FAILED", 0, 0);
    tomorrow();
    differs(back, Kind.NOT_CAPTURED_THERE, new Sums(12_000, 0), new Sums(0, 0));
    there(back, "CAPTURED", 12_000, 0);
  }

  @Test
  void findsAnotherAmount() {
    var back = shop.agreed(LONG);
    shop.comeBack(back);
    there(back, "CAPTURED", 11_999, 0);
    tomorrow();
    differs(back, Kind.OTHER_AMOUNT, new Sums(12_000, 0), new Sums(11_999, 0));
    there(back, "CAPTURED", 12_000, 0);
  }

  @Test
  void findsARefundThatIsMissingThere() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "wrong-amount", 0);
    shop.comeBack(back);
    shop.reconciled(back, State.REFUNDED);
    there(back, "CAPTURED", 12_001, 0);
    tomorrow();
    differs(back, Kind.NOT_REFUNDED_THERE, new Sums(12_001, 12_001), new Sums(12_001, 0));
    there(back, "RETURNED", 12_001, 12_001);
  }

  @Test
  void findsARefundThatWeDoNotKnowOf() {
    var back = shop.agreed(LONG);
    shop.comeBack(back);
    there(back, "PARTLY_RETURNED", 12_000, 5_000);
    tomorrow();
    differs(back, Kind.NOT_REFUNDED_HERE, new Sums(12_000, 0), new Sums(12_000, 5_000));
    there(back, "CAPTURED", 12_000, 0);
  }

  @Test
  void keepsTheAgeOfADifferenceAndForgetsItOnceBothAgree() {
    var back = shop.agreed(LONG);
    shop.comeBack(back);
    there(back, "FAILED", 0, 0);
    tomorrow();
    var first = shop.comparing.list(Long.MAX_VALUE, 100).getFirst();
    shop.database
        .sql("update differences set found_at = found_at - interval '1 day' where gone_at is null")
        .update();
    tomorrow();
    var again = shop.comparing.list(Long.MAX_VALUE, 100).getFirst();
    assertThat(again.number()).isEqualTo(first.number());
    assertThat(again.age()).isGreaterThanOrEqualTo(Duration.ofDays(1));
    assertThat(shop.gauge("seonchak.payments.differences.oldest.seconds"))
        .isGreaterThanOrEqualTo(86_400);
    there(back, "CAPTURED", 12_000, 0);
    // The same day's next round looks at what is open.
    shop.comparing.round();
    assertThat(shop.comparing.list(Long.MAX_VALUE, 100)).isEmpty();
  }

  @Test
  void comparesOnceADay() {
    tomorrow();
    var back = shop.agreed(LONG);
    shop.comeBack(back);
    there(back, "FAILED", 0, 0);
    shop.comparing.round();
    assertThat(shop.comparing.list(Long.MAX_VALUE, 100)).isEmpty();
    there(back, "CAPTURED", 12_000, 0);
  }

  @Test
  void listsWhatTheGatewayDoesNotSay() {
    var back = shop.agreed(LONG);
    shop.comeBack(back);
    shop.flip(back.order(), "order", "open-500", 0);
    tomorrow();
    differs(back, Kind.UNHEARD, new Sums(12_000, 0), new Sums(0, 0));
  }

  @Test
  void leavesToTheReconcilerWhatIsUnderWay() {
    var back = shop.agreed(LONG);
    shop.flip(back.order(), "approve", "done-lost", 0);
    shop.comeBack(back);
    tomorrow();
    assertThat(shop.comparing.list(Long.MAX_VALUE, 100)).isEmpty();
    shop.reconciled(back, State.APPROVED);
  }

  @Test
  void looksAtEachDifferenceInTurnHoweverManyStayOpen() {
    var comparisons = new PostgresComparisons(shop.database);
    var backs = Stream.generate(() -> shop.agreed(LONG)).limit(3).toList();
    for (var back : backs) {
      assertThat(shop.comeBack(back).state()).isEqualTo(State.APPROVED);
      there(back, "PARTLY_RETURNED", 12_000, 1_000);
    }
    tomorrow();
    var seen = new HashSet<PaymentId>();
    for (int i = 0; i < backs.size(); i++) {
      var next = comparisons.open(Shop.KAKAO_PAY, 1).getFirst();
      seen.add(next.payment().id());
      comparisons.differs(next, Kind.NOT_REFUNDED_HERE, new Sums(12_000, 1_000));
    }
    assertThat(seen).hasSize(3);
    backs.forEach(back -> there(back, "CAPTURED", 12_000, 0));
  }
}
