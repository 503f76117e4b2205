package dev.seonchak.allocation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A parameter of type uuid[] that travels in binary where the connection allows it for this type,
 * which spares both sides the text of thousands of ids per batch. Cannot be changed.
 */
public final class UuidArray extends PGobject implements PGBinaryObject {
  /** The type's oid, as the driver's setting {@code binaryTransferEnable} wants it. */
  public static final String OID = "2951";

  private static final int OID_UUID = 2950;
  private static final int HEADER_BYTES = 20;
  private static final int ELEMENT_BYTES = 20;

  private final UUID[] ids;

  public UuidArray(UUID... ids) {
    this.ids = ids.clone();
    this.type = "_uuid";
  }

  /** The ids of these, in their order. */
  public static <T> UuidArray of(Collection<T> elements, Function<? super T, UUID> id) {
    UUID[] ids = new UUID[elements.size()];
    int next = 0;
    for (T element : elements) {
      ids[next++] = id.apply(element);
    }
    return new UuidArray(ids);
  }

  @Override
  public String getValue() {
    return Arrays.stream(ids).map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("a parameter only");
  }

  @Override
  public int lengthInBytes() {
    return ids.length == 0 ? 12 : HEADER_BYTES + ids.length * ELEMENT_BYTES;
  }

  @Override
  public void toBytes(byte[] bytes, int offset) {
    ByteBuffer to = ByteBuffer.wrap(bytes, offset, lengthInBytes());
    to.putInt(ids.length == 0 ? 0 : 1).putInt(0).putInt(OID_UUID);
    if (ids.length == 0) {
      return;
    }
    to.putInt(ids.length).putInt(1);
    for (UUID id : ids) {
      to.putInt(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UuidArray that && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Objects.hash((Object[]) ids);
  }

  @Override
  public Object clone() {
    return this;
  }
}
