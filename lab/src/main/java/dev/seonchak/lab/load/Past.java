package dev.seonchak.lab.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * What was sold before the first round, with orders.
 *
 * <p>Old orders are paid and their ids lie in the past, one millisecond each, as the platform's
 * would; the people are as random as those of a round.
 *
 * @param claims in all
 * @param drops how many drops of one pool each sold them, one after the other; none when it was the
 *     pool of the rounds itself
 */
record Past(long claims, int drops) {
  static final Past NONE = new Past(0, 0);

  private static final int CLAIMS_OF_DROP = 10_000;

  static Past ofPool(long claims) {
    return new Past(claims, 0);
  }

  static Past ofOthers(long claims) {
    return new Past(claims, Math.toIntExact(Math.ceilDiv(claims, CLAIMS_OF_DROP)));
  }

  boolean isOfPool() {
    return claims > 0 && drops == 0;
  }

  long claimsOfPool() {
    return isOfPool() ? claims : 0;
  }

  /**
   * Writes it.
   *
   * @param pool which sold all of it, unless other drops did
   */
  void fill(Connection connection, UUID drop, UUID pool) throws SQLException {
    if (claims == 0) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off");
      sellers(statement, drop, pool);
      sales(statement);
      statement.execute("drop table sold, seller");
      statement.execute("vacuum (analyze) pools, claims, tallies, orders");
      statement.execute("checkpoint");
      statement.execute("reset synchronous_commit");
    }
  }

  private void sellers(Statement statement, UUID drop, UUID pool) throws SQLException {
    statement.execute(
        """
        create temp table seller (
          number  bigint primary key,
          drop_id uuid,
          pool_id uuid,
          -- What buyers' keys in that drop begin with.
          made    text generated always as (lpad(to_hex(
                    (('x' || left(replace(drop_id::text, '-', ''), 12))::bit(48)::bigint >> 27)
                    & 65535), 4, '0')) stored
        )
        """);
    if (drops == 0) {
      statement.execute("insert into seller values (0, '%s', '%s')".formatted(drop, pool));
      return;
    }
    statement.execute(
        """
        insert into seller
        select n, (%s || left(md5(n::text), 16))::uuid, gen_random_uuid()
          from generate_series(0, %d) n
        """
            .formatted(madeAt("n * " + CLAIMS_OF_DROP), drops - 1));
    statement.execute(
        """
        insert into pools (id, group_id, capacity, taken, next_sequence, opens_at, closes_at)
        select pool_id, drop_id, sold, sold, sold + 1, now() - interval '8 days', now()
          from seller, least(%1$d, %2$d - number * %1$d) as sold
        """
            .formatted(CLAIMS_OF_DROP, claims));
  }

  private void sales(Statement statement) throws SQLException {
    long each = drops == 0 ? claims : CLAIMS_OF_DROP;
    statement.execute(
        """
        create temp table sold as
        select seller.drop_id, seller.pool_id, n %% %1$d + 1 as sequence,
               gen_random_uuid() as claimant, seller.made,
               (%2$s || left(md5(n::text), 16))::uuid as id
          from generate_series(0, %3$d) n
          join seller on number = n / %1$d
        """
            .formatted(each, madeAt("n"), claims - 1));
    statement.execute(
        """
        insert into claims (pool_id, sequence, holder_id, claimant_id, quantity, state)
        select pool_id, sequence, id, claimant, 1, 'C' from sold order by id
        """);
    statement.execute(
        """
        insert into orders (id, drop_id, buyer_id, buyer_key, fingerprint, state, amount,
                            items, quantities, sequences, answers,
                            created_at, expires_at, held_until)
        select id, drop_id, claimant,
               (made || right(claimant::text, 10) || right(drop_id::text, 6)
                || left(md5(sequence::text), 12))::uuid,
               sequence, 'CONFIRMED', %d, array[pool_id], array[1],
               array[sequence], '%s',
               now() - interval '7 days', now() - interval '7 days', now() - interval '7 days'
          from sold order by id
        """
            .formatted(Requests.PRICE, Requests.ANSWERS));
  }

  /** The first half of a time-ordered id, as hexadecimal digits. */
  private String madeAt(String number) {
    return """
    encode(int8send(((extract(epoch from now()) * 1000)::bigint - 7 * 86400000 - %1$d + %2$s)
                    << 16 | 28672 | (%2$s) %% 4096), 'hex')\
    """
        .formatted(claims, number);
  }
}
