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
 * @param requestsAtOnce how many requests are worked on at once; each takes about 75 kB, and the
 *     others wait in line outside, where they cost nothing
 * @param requestsAtOnceMax how many while those inside wait for something that does not come
 * @param patience how long a request is kept outside while that many are not reached
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
