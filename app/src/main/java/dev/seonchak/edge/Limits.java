package dev.seonchak.edge;

import java.time.Duration;

/**
 * Every bound of this module.
 *
 * @param verifiedTokensMax how many verified tokens are remembered, at about a kilobyte each
 */
public record Limits(Door door, Bodies bodies, Json json, int verifiedTokensMax) {

  public static final Limits STANDARD =
      new Limits(
          new Door(
              /* requestsAtOnce= */ 256,
              /* requestsAtOnceMax= */ 512,
              /* patience= */ Duration.ofSeconds(2),
              /* closingMax= */ Duration.ofSeconds(5)),
          new Bodies(
              /* bytesMax= */ 256 * 1024,
              /* discardedBytesMax= */ 2 * 1024 * 1024,
              /* arrivingMax= */ 512,
              /* arrivingBytesMax= */ 16 * 1024 * 1024,
              /* freeBytes= */ 4 * 1024,
              /* within= */ Duration.ofSeconds(10),
              /* silenceMax= */ Duration.ofSeconds(10)),
          new Json(
              /* nestingMax= */ 32,
              /* textCharactersMax= */ 100_000,
              /* nameCharactersMax= */ 200,
              /* numberCharactersMax= */ 30),
          /* verifiedTokensMax= */ 20_000);

  /**
   * Who gets in.
   *
   * @param requestsAtOnce how many requests are worked on at once; the others wait outside, unread
   * @param requestsAtOnceMax how many once somebody has waited outside for too long
   * @param patience how long a request waits outside before it goes in beside those
   * @param closingMax how long a stop waits until everybody is answered
   */
  public record Door(
      int requestsAtOnce, int requestsAtOnceMax, Duration patience, Duration closingMax) {}

  /**
   * Bodies of requests.
   *
   * @param bytesMax of one
   * @param discardedBytesMax how much of one that is too large is read, so that its sender reads
   *     the answer
   * @param arrivingMax how many at once may be on their way that did not arrive with the head of
   *     their request
   * @param arrivingBytesMax of all those together, each without its first bytes
   * @param freeBytes how many first bytes of each are not counted
   * @param within how long one may take to arrive
   * @param silenceMax how long its sender may be silent meanwhile
   */
  public record Bodies(
      int bytesMax,
      int discardedBytesMax,
      int arrivingMax,
      int arrivingBytesMax,
      int freeBytes,
      Duration within,
      Duration silenceMax) {}

  /**
   * Texts in JSON.
   *
   * @param nestingMax how deep arrays and objects may be nested
   * @param textCharactersMax of one text
   * @param nameCharactersMax of one name
   * @param numberCharactersMax of one number
   */
  public record Json(
      int nestingMax, int textCharactersMax, int nameCharactersMax, int numberCharactersMax) {}
}
