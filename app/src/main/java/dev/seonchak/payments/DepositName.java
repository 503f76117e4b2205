package dev.seonchak.payments;

import dev.seonchak.shared.PaymentId;
import org.jspecify.annotations.Nullable;

/**
 * The sender's name that a deposit must carry. It ends in a code, so that no two deposits into one
 * account ever look alike; that it is so is kept by the database.
 */
final class DepositName {
  /** Names to try before giving up; each has another code. */
  static final int TRIES_MAX = 3;

  /** Characters of the buyer's own part at most; with the code it is what banks show. */
  static final int WISH_CHARACTERS_MAX = 15;

  /** No two of these look alike. */
  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int SYMBOLS_AFTER_A_WISH = 4;
  private static final int SYMBOLS_ALONE = 6;

  private DepositName() {}

  /**
   * @param id whose second half is random
   * @param wish what the buyer wants to be called, null for the code alone
   * @param attempt from 0
   */
  static String of(PaymentId id, @Nullable String wish, int attempt) {
    var bits = id.value().getLeastSignificantBits() >>> (15 * attempt);
    return wish == null ? code(bits, SYMBOLS_ALONE) : wish + " " + code(bits, SYMBOLS_AFTER_A_WISH);
  }

  private static String code(long bits, int symbols) {
    var code = new StringBuilder();
    for (int i = 0; i < symbols; i++) {
      code.append(SYMBOLS.charAt((int) ((bits >>> (5 * i)) & 31)));
    }
    return code.toString();
  }
}
