package dev.seonchak.edge;

import java.time.Duration;

/**
 * Every bound of this module.
 *
 * @param bodyBytesMax of a request
 * @param nestingMax how deep arrays and objects may be nested in JSON
 * @param textCharactersMax of one text in JSON
 * @param nameCharactersMax of one name in JSON
 * @param numberCharactersMax of one number in JSON
 * @param verifiedTokensMax how many verified tokens are remembered, at about a kilobyte each
 * @param requestsAtOnce how many requests are worked on at once; the others wait outside, unread
 * @param requestsAtOnceMax how many once somebody has waited outside for too long
 * @param patience how long a request waits outside before it goes in beside those
 */
public record Limits(
    int bodyBytesMax,
    int nestingMax,
    int textCharactersMax,
    int nameCharactersMax,
    int numberCharactersMax,
    int verifiedTokensMax,
    int requestsAtOnce,
    int requestsAtOnceMax,
    Duration patience) {

  public static final Limits STANDARD =
      new Limits(
          /* bodyBytesMax= */ 256 * 1024,
          /* nestingMax= */ 32,
          /* textCharactersMax= */ 100_000,
          /* nameCharactersMax= */ 200,
          /* numberCharactersMax= */ 30,
          /* verifiedTokensMax= */ 20_000,
          /* requestsAtOnce= */ 256,
          /* requestsAtOnceMax= */ 512,
          /* patience= */ Duration.ofSeconds(2));
}
