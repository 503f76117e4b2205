package dev.seonchak.payments;

import dev.seonchak.payments.simulator.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One crash: where it happens, and to a buyer who goes which way and pays through what. */
record Crash(Step step, Way way, String through) {
  private static final String BANK = Deposits.GATEWAY;
  private static final String OTHERS = "-others";
  private static final String BEHIND = "-behind";

  /** Whoever sells and buys in one of them has nothing to do with the others. */
  static final List<String> LANES =
      List.of(
          Shop.KAKAO_PAY,
          Shop.KAKAO_PAY + OTHERS,
          Shop.KAKAO_PAY + BEHIND,
          Shop.TOSS,
          Shop.TOSS + OTHERS,
          Shop.TOSS + BEHIND,
          BANK);

  /** What a buyer goes through, and what the simulator makes of it. */
  enum Way {
    /** Starts to pay; after the crash once more, and returns. */
    START("PAID"),
    /** Returns, and everything is as it should be. */
    RETURN("PAID"),
    /** Returns after the deadline, and there is stock. */
    LATE("PAID"),
    /** The company says no, captures all the same, and the order has expired meanwhile. */
    LATE_MONEY("PAID"),
    /** Returns, and the company says no. */
    NO("PENDING"),
    /** Returns; the company captures, and its answer is lost. */
    SILENCE("PAID"),
    /** Returns; the company says no, and its answer is lost. */
    SILENT_NO("PENDING"),
    /** The same, and then its session ends. */
    SESSION_OVER("PENDING"),
    /** Returns when the session has ended. */
    LEFT("PENDING"),
    /** Returns, and the company takes one won too much. */
    REFUND("PENDING"),
    /** The same, and the company refuses to give back at first. */
    REFUND_REFUSED("PENDING"),
    /** Pays, and the seller gives everything back. */
    SELLER_REFUND("REFUNDED"),
    /** The same, and the company never gives it. */
    SELLER_REFUND_REFUSED("REFUNDED"),
    /** The same, and the seller sends it by hand. */
    SENT_BY_HAND("REFUNDED"),
    /** Pays, and the seller gives a part back. */
    PART_REFUND("PAID"),
    /** Is going to transfer the money, and does. */
    DEPOSIT("PAID"),
    /** Has transferred the money, and the seller says so. */
    DEPOSIT_HERE("PAID"),
    /** The same after the deadline, and there is stock. */
    DEPOSIT_LATE("PAID"),
    /** Got that money back, and the seller says so. */
    DEPOSIT_RETURNED("REFUNDED");

    /** The state of the order in the end. */
    final String ends;

    Way(String ends) {
      this.ends = ends;
    }

    /** Whoever is late may lose holds, and whoever loses two of them gets no more. */
    boolean isLate() {
      return this == LATE || this == LATE_MONEY || this == DEPOSIT_LATE;
    }
  }

  /**
   * All crashes, in as many groups as it takes when a group has one of each lane at most, so that
   * none stands in another's way.
   */
  static List<List<Crash>> groups() {
    List<List<Crash>> groups = new ArrayList<>();
    for (var lane : LANES) {
      var all =
          Stream.of(Step.values())
              .flatMap(step -> of(step).filter(crash -> crash.lane().equals(lane)))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        if (i == groups.size()) {
          groups.add(new ArrayList<>());
        }
        groups.get(i).add(all.get(i));
      }
    }
    return groups;
  }

  /**
   * What it pays through, and whether it befalls the reconciler, which goes no further at that
   * gateway once it has stopped. Of those that befall somebody's request, each stops alone.
   */
  String lane() {
    if (isByBank()) {
      return through;
    }
    return through + (isBehind() ? BEHIND : isOther() ? OTHERS : "");
  }

  /** About half of those that befall requests. */
  private boolean isOther() {
    return switch (step) {
      case COMPANY_TOLD, HELD_AGAIN, INTENT_COMMITTED, ORDER_PAID, ORDER_RELEASED -> true;
      case SILENCE_NOTED, REFUND_COMMITTED -> true;
      default -> false;
    };
  }

  private boolean isBehind() {
    return switch (step) {
      case TAKEN_TO_ASK, QUESTION_ANSWERED, ASKED_LATER, NO_WATCHED, ASKED_NO_MORE -> true;
      case CANCELLATION_ANSWERED, REFUND_DONE, REFUND_REFUSED -> true;
      case HELD_AGAIN -> way == Way.LATE_MONEY;
      case REFUND_COMMITTED -> way == Way.REFUND;
      default -> false;
    };
  }

  /** All ways that lead over a step; a new step does not compile until it has one. */
  private static Stream<Crash> of(Step step) {
    return switch (step) {
      case ATTEMPT_ADDED -> with(gateways(step, Way.START), bank(step, Way.DEPOSIT));
      case COMPANY_TOLD -> gateways(step, Way.START);
      // Toss Payments says its name for the attempt when it has captured.
      case ATTEMPT_NAMED -> with(kakaoPay(step, Way.START), toss(step, Way.RETURN));
      case PAYING_BEGUN, INTENT_COMMITTED, APPROVAL_ANSWERED -> gateways(step, Way.RETURN);
      case ORDER_PAID, APPROVAL_COMMITTED ->
          with(gateways(step, Way.RETURN), bank(step, Way.DEPOSIT_HERE));
      // KakaoPay sends no webhooks.
      case HINT_TAKEN -> toss(step, Way.RETURN);
      case HELD_AGAIN ->
          with(gateways(step, Way.LATE, Way.LATE_MONEY), bank(step, Way.DEPOSIT_LATE));
      case ORDER_RELEASED, NO_COMMITTED -> gateways(step, Way.NO);
      case SILENCE_NOTED -> gateways(step, Way.SILENCE);
      // Our rows do not care which gateway it was.
      case TAKEN_TO_ASK -> with(kakaoPay(step, Way.SILENCE), toss(step, Way.REFUND));
      case QUESTION_ANSWERED -> gateways(step, Way.SILENCE, Way.REFUND);
      case ASKED_LATER -> with(kakaoPay(step, Way.SILENT_NO), toss(step, Way.REFUND_REFUSED));
      case NO_WATCHED -> gateways(step, Way.SILENT_NO);
      case ASKED_NO_MORE -> gateways(step, Way.SESSION_OVER);
      // One statement ends the sessions of all gateways.
      case SESSIONS_EXPIRED -> kakaoPay(step, Way.LEFT);
      case DEPOSIT_BEGUN, DEPOSIT_AWAITED -> bank(step, Way.DEPOSIT);
      case DEPOSIT_ARRIVED -> bank(step, Way.DEPOSIT_HERE);
      case DEPOSIT_SENT_BACK -> bank(step, Way.DEPOSIT_RETURNED);
      case MONEY_OWED -> with(gateways(step, Way.SELLER_REFUND), bank(step, Way.SELLER_REFUND));
      case REFUND_COMMITTED ->
          with(gateways(step, Way.REFUND, Way.SELLER_REFUND), bank(step, Way.SELLER_REFUND));
      case CANCELLATION_ANSWERED -> gateways(step, Way.REFUND, Way.PART_REFUND);
      case REFUND_REFUSED -> gateways(step, Way.SELLER_REFUND_REFUSED);
      case SENT_BY_HAND -> kakaoPay(step, Way.SENT_BY_HAND);
      case REFUND_DONE -> with(gateways(step, Way.SELLER_REFUND), bank(step, Way.DEPOSIT_RETURNED));
    };
  }

  private static Stream<Crash> kakaoPay(Step step, Way way) {
    return Stream.of(new Crash(step, way, Shop.KAKAO_PAY));
  }

  private static Stream<Crash> toss(Step step, Way way) {
    return Stream.of(new Crash(step, way, Shop.TOSS));
  }

  private static Stream<Crash> bank(Step step, Way way) {
    return Stream.of(new Crash(step, way, BANK));
  }

  private static Stream<Crash> gateways(Step step, Way... ways) {
    return Stream.of(ways).flatMap(way -> with(kakaoPay(step, way), toss(step, way)));
  }

  private static Stream<Crash> with(Stream<Crash> some, Stream<Crash> others) {
    return Stream.concat(some, others);
  }

  boolean isByBank() {
    return through.equals(BANK);
  }

  boolean isThroughToss() {
    return through.equals(Shop.TOSS);
  }

  /**
   * The line that plans it.
   *
   * @param payment its id, empty when there is none yet
   */
  String planned(String order, String payment) {
    var refunding = way == Way.REFUND || way == Way.REFUND_REFUSED ? ";REFUNDING" : "";
    var words =
        switch (step) {
          // The simulator's names for attempts at KakaoPay begin like this.
          case ATTEMPT_NAMED -> way == Way.START ? ", T" : payment;
          // How many sessions it ended.
          case SESSIONS_EXPIRED -> "1";
          case ATTEMPT_ADDED, COMPANY_TOLD, HELD_AGAIN, PAYING_BEGUN -> order;
          case ORDER_PAID, ORDER_RELEASED, MONEY_OWED -> order;
          case DEPOSIT_BEGUN, DEPOSIT_AWAITED, DEPOSIT_ARRIVED, DEPOSIT_SENT_BACK -> order;
          case TAKEN_TO_ASK, QUESTION_ANSWERED, ASKED_LATER -> payment + refunding;
          default -> payment;
        };
    return step + ";" + words;
  }
}
