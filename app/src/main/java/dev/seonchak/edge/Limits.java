package dev.seonchak.edge;

/**
 * Every bound of this module.
 *
 * @param bodyBytesMax of a request
 * @param nestingMax how deep arrays and objects may be nested in JSON
 * @param textCharactersMax of one text in JSON
 * @param nameCharactersMax of one name in JSON
 * @param numberCharactersMax of one number in JSON
 * @param verifiedTokensMax how many verified tokens are remembered, at about a kilobyte each
 */
public record Limits(
    int bodyBytesMax,
    int nestingMax,
    int textCharactersMax,
    int nameCharactersMax,
    int numberCharactersMax,
    int verifiedTokensMax) {

  public static final Limits STANDARD =
      new Limits(
          /* bodyBytesMax= */ 256 * 1024,
          /* nestingMax= */ 32,
          /* textCharactersMax= */ 100_000,
          /* nameCharactersMax= */ 200,
          /* numberCharactersMax= */ 30,
          /* verifiedTokensMax= */ 20_000);
}
