package dev.seonchak.engine;

import org.junit.jupiter.api.Test;

/** The rules, each as a table that can be read aloud. */
class DeciderTest {

  @Test
  void grantsInArrivalOrderUntilNothingIsFree() {
    Script.play(
        """
        pool A capacity=3
        take ann A:1 as o1 -> granted A#1
        take ben A:1 as o2 -> granted A#2
        take cat A:2 as o3 -> sold-out
        take dan A:1 as o4 -> granted A#3
        take eve A:1 as o5 -> sold-out
        ---
        see A taken=3 next=4
        see cat A=0
        take cat A:1 as o6 -> sold-out
        """);
  }

  @Test
  void takesFromAllPoolsOrFromNone() {
    Script.play(
        """
        pool A capacity=5
        pool B capacity=1
        take ann A:2 B:1 as o1 -> granted A#1 B#1
        take ben A:2 B:1 as o2 -> sold-out at 1
        take cat B:1 A:2 as o3 -> sold-out
        take dan A:3     as o4 -> granted A#2
        ---
        see A taken=5 next=3
        see B taken=1 next=2
        see ben A=0 B=0
        """);
  }

  @Test
  void givesOneNumberPerClaimHoweverManyUnits() {
    Script.play(
        """
        pool A capacity=100
        take ann A:7  as o1 -> granted A#1
        take ben A:90 as o2 -> granted A#2
        take cat A:3  as o3 -> granted A#3
        see A taken=100 next=4
        """);
  }

  @Test
  void namesTheFirstReasonInOrderThenTheFirstLine() {
    Script.play(
        """
        pool Open      capacity=9
        pool Limited   capacity=9 limit=2
        pool Empty     capacity=0
        pool Early     opens=200
        pool Late      closes=50
        clock 100
        # Sold out is the weakest reason.
        take ann Open:1 Empty:1                                         as a1 -> sold-out at 1
        take ann Empty:1 Limited:3                                      as a2 -> limit-reached at 1
        take ann Empty:1 Limited:3 Open:0                               as a3 -> invalid-quantity at 2
        take ann Empty:1 Limited:3 Open:0 Late:1                        as a4 -> closed at 3
        take ann Empty:1 Limited:3 Open:0 Late:1 Early:1                as a5 -> not-open-yet at 4
        take ann Empty:1 Limited:3 Open:0 Late:1 Early:1 Missing:1      as a6 -> unknown-pool at 5
        # Of two lines with the same reason, the first is named.
        take ann Open:0 Limited:-1                                      as a7 -> invalid-quantity
        take ann Open:1 Limited:0 Empty:0                               as a8 -> invalid-quantity at 1
        # One line may have several reasons; its first counts.
        take ann Late:0                                                 as a9 -> closed
        take ann Early:-5                                               as b1 -> not-open-yet
        take ann Empty:0                                                as b2 -> invalid-quantity
        """);
  }

  @Test
  void putsTooManyUnpaidBetweenLimitAndSoldOut() {
    Script.play(
        """
        pool A capacity=9 limit=2
        pool B capacity=0
        take ann A:1 as o1 -> granted A#1
        take ann A:1 as o2 -> granted A#2
        clock 60
        expire o1 -> released
        expire o2 -> released
        take ann B:1     as o3 -> too-many-unpaid
        take ann B:1 A:1 as o4 -> too-many-unpaid
        take ann B:1 A:3 as o5 -> limit-reached at 1
        take ann A:0     as o6 -> invalid-quantity
        """);
  }

  @Test
  void opensAndClosesAtTheExactInstant() {
    Script.play(
        """
        pool A capacity=9 opens=100 closes=200
        clock 99
        take ann A:1 as o1 -> not-open-yet
        clock 100
        take ann A:1 as o2 -> granted A#1
        clock 199
        take ann A:1 as o3 -> granted A#2
        clock 200
        take ann A:1 as o4 -> closed
        """);
  }

  @Test
  void neverOpensWhatIsNotPublished() {
    Script.play(
        """
        pool A capacity=9 opens=never
        clock 1000000
        take ann A:1 as o1 -> not-open-yet
        """);
  }

  @Test
  void doesNotKnowPoolsOfAnotherGroup() {
    Script.play(
        """
        pool A capacity=9 group=G
        pool B capacity=9 group=H
        take ann         B:1     as o1 -> unknown-pool
        take ann         A:1 B:1 as o2 -> unknown-pool at 1
        take ann group=H B:1     as o3 -> granted B#1
        """);
  }

  @Test
  void refusesEveryQuantityBelowOne() {
    Script.play(
        """
        pool A capacity=9
        take ann A:0           as o1 -> invalid-quantity
        take ann A:-1          as o2 -> invalid-quantity
        take ann A:-2147483648 as o3 -> invalid-quantity
        see A taken=0 next=1
        """);
  }

  @Test
  void cannotBeOverflown() {
    Script.play(
        """
        pool A capacity=9223372036854775807
        pool B capacity=9223372036854775807 limit=2147483646
        pool C capacity=3
        take ann A:2147483647 as o1 -> granted A#1
        take ann A:2147483647 as o2 -> granted A#2
        take ann B:2147483647 as o3 -> limit-reached
        take ann B:2147483646 as o4 -> granted B#1
        take ann B:2147483646 as o5 -> limit-reached
        take ann B:1          as o6 -> limit-reached
        take ann C:2147483647 as o7 -> sold-out
        see A taken=4294967294
        see ann A=4294967294 B=2147483646 C=0
        """);
  }

  @Test
  void countsEarlierRequestsOfTheBatchAgainstTheLimit() {
    Script.play(
        """
        pool A capacity=9 limit=2
        take ann A:1 as o1 -> granted A#1
        take ann A:2 as o2 -> limit-reached
        take ben A:2 as o3 -> granted A#2
        take ann A:1 as o4 -> granted A#3
        take ann A:1 as o5 -> limit-reached
        ---
        take ann A:1 as o6 -> limit-reached
        see ann A=2
        """);
  }

  @Test
  void countsConfirmedAndBusyUnitsButNoneThatCameBack() {
    Script.play(
        """
        pool A capacity=9 limit=2
        take ann A:1 as o1 -> granted A#1
        take ann A:1 as o2 -> granted A#2
        state o1 CONFIRMED
        state o2 BUSY
        take ann A:1 as o3 -> limit-reached
        state o2 HELD
        cancel o2    -> released
        take ann A:1 as o4 -> granted A#3
        take ann A:1 as o5 -> limit-reached
        ---
        return o1    -> released
        take ann A:1 as o6 -> granted A#4
        """);
  }

  @Test
  void doesNotMixTheLimitsOfTwoPools() {
    Script.play(
        """
        pool A capacity=9 limit=1
        pool B capacity=9 limit=1
        take ann A:1 as o1     -> granted A#1
        take ann B:1 as o2     -> granted B#1
        take ann A:1 B:1 as o3 -> limit-reached
        take ben A:1 B:1 as o4 -> granted A#2 B#2
        """);
  }

  @Test
  void answersARepeatedKeyWithTheFirstSuccess() {
    Script.play(
        """
        pool A capacity=1
        take ann key=k A:1 as o1 -> granted A#1
        take ann key=k A:1 as o2 -> repeated o1 A#1
        ---
        take ann key=k A:1 as o3 -> repeated o1 A#1
        clock 60
        expire o1                -> released
        # Also when it is long gone: the key says what was answered, not what is.
        take ann key=k A:1 as o4 -> repeated o1 A#1
        see A taken=0 next=2
        """);
  }

  @Test
  void knowsItsOwnSuccessByTheHolder() {
    Script.play(
        """
        pool A capacity=1
        take ann key=k A:1 as o1 -> granted A#1
        ---
        take ann key=k A:1 as o1 -> granted A#1
        see A taken=1 next=2
        """);
  }

  @Test
  void refusesAKeyThatCameWithAnotherRequest() {
    Script.play(
        """
        pool A capacity=9
        pool B capacity=9
        take ann key=k A:1 as o1 -> granted A#1
        take ann key=k A:2 as o2 -> key-reused
        take ann key=k B:1 as o3 -> key-reused
        ---
        take ann key=k A:2 as o4 -> key-reused
        take ann key=k Missing:0 as o5 -> key-reused
        """);
  }

  @Test
  void remembersNoRefusal() {
    Script.play(
        """
        pool A capacity=1
        take ann       A:1 as o1 -> granted A#1
        take ben key=k A:1 as o2 -> sold-out
        take ben key=k A:1 as o3 -> sold-out
        cancel o1                -> unknown-holder
        ---
        cancel o1                -> released
        take ben key=k A:1 as o4 -> granted A#2
        """);
  }

  @Test
  void keepsTheKeysOfTwoClaimantsApart() {
    Script.play(
        """
        pool A capacity=9
        take ann key=k A:1 as o1 -> granted A#1
        take ben key=k A:1 as o2 -> granted A#2
        """);
  }

  @Test
  void givesReturnedStockToLaterRequestsOfTheSameBatch() {
    Script.play(
        """
        pool A capacity=1
        take ann A:1 as o1 -> granted A#1
        ---
        take ben A:1 as o2 -> sold-out
        cancel o1          -> released
        take cat A:1 as o3 -> granted A#2
        take dan A:1 as o4 -> sold-out
        ---
        see A taken=1 next=3
        see o1 state=RELEASED
        """);
  }

  @Test
  void neverUsesANumberAgain() {
    Script.play(
        """
        pool A capacity=1
        take ann A:1 as o1 -> granted A#1
        ---
        cancel o1          -> released
        take ben A:1 as o2 -> granted A#2
        ---
        cancel o2          -> released
        take cat A:1 as o3 -> granted A#3
        ---
        see A taken=1 next=4
        """);
  }

  @Test
  void givesBackAllClaimsOfAHolder() {
    Script.play(
        """
        pool A capacity=9
        pool B capacity=9
        take ann A:2 B:3 as o1 -> granted A#1 B#1
        ---
        cancel o1 -> released
        see A taken=0
        see B taken=0
        see ann A=0 B=0
        """);
  }

  @Test
  void givesBackOnce() {
    Script.play(
        """
        pool A capacity=9
        take ann A:1 as o1 -> granted A#1
        take ben A:1 as o2 -> granted A#2
        take cat A:1 as o3 -> granted A#3
        clock 60
        cancel o1 -> released
        cancel o1 -> already-released
        expire o1 -> already-released
        return o1 -> already-released
        ---
        expire o2 -> released
        cancel o2 -> already-expired
        ---
        state o3 CONFIRMED
        return o3 -> released
        return o3 -> already-returned
        ---
        cancel o1 -> already-released
        expire o2 -> already-expired
        expire o3 -> already-returned
        see A taken=0 next=4
        """);
  }

  @Test
  void expiresWhenTheDeadlineIsReached() {
    Script.play(
        """
        pool A capacity=9
        clock 1000
        take ann hold=300 A:1 as o1 -> granted A#1
        see o1 until=1300
        clock 1299
        expire o1 -> not-due
        clock 1300
        expire o1 -> released
        """);
  }

  @Test
  void leavesAPaymentInPeace() {
    Script.play(
        """
        pool A capacity=9
        take ann A:1 as o1 -> granted A#1
        state o1 BUSY
        clock 1000
        cancel o1 -> busy
        expire o1 -> busy
        return o1 -> busy
        see A taken=1
        """);
  }

  @Test
  void returnsOnlyWhatIsConfirmedAndNothingElseOfIt() {
    Script.play(
        """
        pool A capacity=9
        take ann A:1 as o1 -> granted A#1
        clock 1000
        return o1 -> not-confirmed
        state o1 CONFIRMED
        cancel o1 -> confirmed
        expire o1 -> confirmed
        return o1 -> released
        see o1 state=RETURNED
        """);
  }

  @Test
  void doesNotKnowAHolderThatIsNotThere() {
    Script.play(
        """
        pool A capacity=9
        cancel o1 -> unknown-holder
        expire o1 -> unknown-holder
        """);
  }

  @Test
  void rejectsAReleaseThatDoesNotNameAllItsPools() {
    Script.play(
        """
        pool A capacity=9
        pool B capacity=9
        take ann A:1 B:1 as o1 -> granted A#1 B#1
        ---
        cancel o1 pools=A -> rejected
        see A taken=1
        # Also when somebody else in the batch names the other pool: company must not matter.
        take ben B:1 as o2 -> granted B#2
        cancel o1 pools=A  -> rejected
        see B taken=2
        cancel o1 pools=A,B -> released
        """);
  }

  @Test
  void refusesAfterTwoUnpaidExpiriesForAWhile() {
    Script.play(
        """
        pool A capacity=9
        take ann A:1 as o1 -> granted A#1
        take ann A:1 as o2 -> granted A#2
        clock 60
        expire o1          -> released
        take ann A:1 as o3 -> granted A#3
        expire o2          -> released
        take ann A:1 as o4 -> too-many-unpaid
        take ben A:1 as o5 -> granted A#4
        see ann lapses=2
        clock 1859
        take ann A:1 as o6 -> too-many-unpaid
        clock 1860
        take ann A:1 as o7 -> granted A#5
        # Another one, and the while begins anew.
        clock 1920
        expire o7          -> released
        take ann A:1 as o8 -> too-many-unpaid
        """);
  }

  @Test
  void countsUnpaidExpiriesPerGroup() {
    Script.play(
        """
        pool A capacity=9 group=G
        pool B capacity=9 group=H
        take ann A:1 as o1 -> granted A#1
        take ann A:1 as o2 -> granted A#2
        clock 60
        expire o1 -> released
        expire o2 -> released
        take ann         A:1 as o3 -> too-many-unpaid
        take ann group=H B:1 as o4 -> granted B#1
        """);
  }

  @Test
  void doesNotCountCancellingAsUnpaid() {
    Script.play(
        """
        pool A capacity=9
        take ann A:1 as o1 -> granted A#1
        take ann A:1 as o2 -> granted A#2
        take ann A:1 as o3 -> granted A#3
        ---
        cancel o1 -> released
        cancel o2 -> released
        cancel o3 -> released
        take ann A:1 as o4 -> granted A#4
        see ann lapses=0
        """);
  }
}
