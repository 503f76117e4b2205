package dev.seonchak.allocation.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.seonchak.FreshDatabase;
import dev.seonchak.engine.GroupId;
import dev.seonchak.engine.Pool;
import dev.seonchak.engine.PoolId;
import dev.seonchak.engine.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PastReaderIT {
  private static final PoolId CUP = new PoolId(new UUID(2, 1));
  private static final int CLAIMS = 35_000;

  private final FreshDatabase database = new FreshDatabase();
  private final KnownClaimants known = new KnownClaimants(10, 100_000);
  private final WriterConnections connections =
      new WriterConnections(
          database.url(),
          database.user(),
          database.password(),
          Duration.ofSeconds(30),
          known::forget);
  private final PastReader reader = new PastReader(connections, known);

  @AfterEach
  void close() {
    reader.close();
    connections.close();
    database.close();
  }

  @Test
  void readsThroughTheClaimsUntilABatchCanReadOn() throws Exception {
    opened();
    write(CLAIMS);
    see(CLAIMS);

    reader.wake();

    await().until(() -> known.farBehind() == null);
    assertThat(known.toRead(List.of(CUP)).get(CUP))
        .as("through")
        .isBetween((long) CLAIMS - KnownPool.FAR, (long) CLAIMS);
  }

  @Test
  void givesUpWhatIsNotThereUntilEverythingIsForgotten() throws Exception {
    opened();
    see(CLAIMS);
    reader.wake();
    await().until(() -> known.farBehind() == null);
    assertThat(known.toRead(List.of(CUP))).as("nothing was read").isEmpty();

    write(CLAIMS);
    known.forget(connections.epoch());
    see(CLAIMS);
    await()
        .until(() -> {
          reader.wake();
          return known.farBehind() == null;
        });
    assertThat(known.toRead(List.of(CUP))).containsKey(CUP);
  }

  /** Opening one forgets, so it has to be there before the pool is seen. */
  private void opened() throws Exception {
    connections.giveBack(connections.take());
  }

  private void write(int claims) {
    database
        .jdbc()
        .sql(
            """
            insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)
            select :pool, n, gen_random_uuid(), gen_random_uuid(), 1, 'H'
            from generate_series(1, :claims) n
            """)
        .param("pool", CUP.value())
        .param("claims", claims)
        .update();
  }

  private void see(long claims) {
    var window = new Window(Instant.EPOCH, null);
    known.seen(
        List.of(
            new Pool(
                CUP, new GroupId(new UUID(1, 0)), 100_000, 0, claims + 1, window, Pool.NO_LIMIT)),
        Map.of());
  }
}
