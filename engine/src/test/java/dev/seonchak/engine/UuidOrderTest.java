package dev.seonchak.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UuidOrderTest {

  @Property
  void comparesUnsignedBytes(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
    var one = new UUID(a, b);
    var other = new UUID(c, d);
    assertThat(Integer.signum(UuidOrder.compare(one, other)))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(bytes(one), bytes(other))));
  }

  @Test
  void putsTheHighHalfOfAllIdsLast() {
    var low = new PoolId(UUID.fromString("00000000-0000-4000-8000-000000000000"));
    var middle = new PoolId(UUID.fromString("7fffffff-ffff-4fff-bfff-ffffffffffff"));
    var high = new PoolId(UUID.fromString("80000000-0000-4000-8000-000000000000"));
    assertThat(List.of(high, low, middle).stream().sorted()).containsExactly(low, middle, high);
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
