package dev.seonchak.allocation;

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
    Wire.putInt(bytes, offset, ids.length == 0 ? 0 : 1);
    Wire.putInt(bytes, offset + 4, 0);
    Wire.putInt(bytes, offset + 8, OID_UUID);
    if (ids.length == 0) {
      return;
    }
    Wire.putInt(bytes, offset + 12, ids.length);
    Wire.putInt(bytes, offset + 16, 1);
    int at = offset + HEADER_BYTES;
    for (UUID id : ids) {
      Wire.putInt(bytes, at, 16);
      Wire.putLong(bytes, at + 4, id.getMostSignificantBits());
      Wire.putLong(bytes, at + 12, id.getLeastSignificantBits());
      at += ELEMENT_BYTES;
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
