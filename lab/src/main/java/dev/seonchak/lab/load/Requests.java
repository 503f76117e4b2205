package dev.seonchak.lab.load;

import dev.seonchak.lab.ways.Hold;
import dev.seonchak.orders.postgres.BuyerKey;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes holds of one unit as buyers send them: each by a person who has not bought here before,
 * each under a new key, with the same short answers to the drop's form.
 */
final class Requests {
  static final int LIMIT_PER_PERSON = 2;
  static final long PRICE = 39_000;
  static final String ANSWERS =
      """
      {"size": "M", "phone": "010-2345-6789", "address": "Seoul, Mapo-gu, Yanghwa-ro 45, 1203"}\
      """;

  private Requests() {}

  /** Somebody new; people's ids are random, order ids sort by time as the platform's do. */
  static UUID person() {
    return random(ThreadLocalRandom.current());
  }

  /** A hold of one unit by somebody new. */
  static Hold one(UUID drop, UUID pool) {
    return of(drop, person(), List.of(new Hold.Line(pool, 1)));
  }

  static Hold of(UUID drop, UUID claimant, List<Hold.Line> lines) {
    return made(drop, claimant, lines, PRICE * lines.size(), ANSWERS);
  }

  /** A place that costs nothing, for somebody new. */
  static Hold place(UUID drop, UUID pool, String answers) {
    return made(drop, person(), List.of(new Hold.Line(pool, 1)), 0, answers);
  }

  private static Hold made(
      UUID drop, UUID claimant, List<Hold.Line> lines, long amount, String answers) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new Hold(
        timeOrdered(),
        drop,
        claimant,
        lines,
        BuyerKey.of(new DropId(drop), new AccountId(claimant), random(random).toString()).value(),
        random.nextLong(),
        amount,
        answers);
  }

  /** RFC 9562, version 4. */
  private static UUID random(ThreadLocalRandom random) {
    return new UUID(version(random.nextLong(), 4), variant(random.nextLong()));
  }

  /** RFC 9562, version 7, as the platform's ids of drops and orders are. */
  static UUID timeOrdered() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long time = (System.currentTimeMillis() << 16) | (random.nextLong() & 0xFFFF);
    return new UUID(version(time, 7), variant(random.nextLong()));
  }

  private static long version(long high, int version) {
    return (high & ~0xF000L) | ((long) version << 12);
  }

  private static long variant(long low) {
    return (low & ~(0b11L << 62)) | (0b10L << 62);
  }
}
