package dev.seonchak.orders;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Short names for what a buyer sent, by SHA-256. Whoever makes two of his own collide is told that
 * his key is used; nobody can make his collide with another's.
 */
public final class Fingerprint {
  private static final byte[] NOTHING = {};

  private Fingerprint() {}

  /** What a buyer calls an attempt to order in a drop. */
  public static long ofKey(DropId drop, AccountId buyer, String key) {
    MessageDigest digest = sha256();
    digest.update(put(put(ByteBuffer.allocate(32), drop.value()), buyer.value()).flip());
    return ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /** What the idempotency key of a refund is stored as. */
  public static UUID ofKey(String key) {
    ByteBuffer hash = ByteBuffer.wrap(sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
    return new UUID(hash.getLong(), hash.getLong());
  }

  /**
   * What tells one request from another under the same key: drop, lines in their order, answers and
   * coupon, each with its length.
   *
   * @param answers with sorted members
   */
  static long of(DropId drop, Wish wish, @Nullable String answers) {
    byte[] form = answers == null ? NOTHING : answers.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(16 + 4 + 20 * wish.lines().size() + 4 + 16);
    put(bytes, drop.value()).putInt(wish.lines().size());
    for (Wish.Line line : wish.lines()) {
      put(bytes, line.item().value()).putInt(line.quantity());
    }
    bytes.putInt(form.length);
    if (wish.coupon() != null) {
      put(bytes, wish.coupon());
    }
    MessageDigest digest = sha256();
    digest.update(bytes.flip());
    return ByteBuffer.wrap(digest.digest(form)).getLong();
  }

  /** What tells one refund from another under the same key. */
  public static long of(GivingBack.Ask ask) {
    byte[] note = ask.note() == null ? NOTHING : ask.note().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + 1 + 4 + 20 * ask.units().size());
    bytes.putLong(ask.amount() == null ? -1 : ask.amount().amount());
    bytes.put((byte) (ask.returnStock() ? 1 : 0)).putInt(ask.units().size());
    for (Refund.Units units : ask.units()) {
      put(bytes, units.item().value()).putInt(units.quantity());
    }
    MessageDigest digest = sha256();
    digest.update(bytes.flip());
    return ByteBuffer.wrap(digest.digest(note)).getLong();
  }

  private static ByteBuffer put(ByteBuffer bytes, UUID id) {
    return bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
