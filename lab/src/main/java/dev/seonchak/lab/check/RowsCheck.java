package dev.seonchak.lab.check;

import dev.seonchak.lab.load.Acknowledged;
import dev.seonchak.lab.ways.Hold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Compares the rows with each other, and every row of a round with what its caller asked for and
 * was answered. Nobody may write while it looks.
 */
public final class RowsCheck {
  private static final int FETCH = 10_000;

  private final Connection connection;
  private final Map<UUID, Long> firstOfRound;

  private RowsCheck(Connection connection, Map<UUID, Long> firstOfRound) {
    this.connection = connection;
    this.firstOfRound = firstOfRound;
  }

  /** Notes where the round begins. */
  public static RowsCheck begin(Connection connection) throws SQLException {
    Map<UUID, Long> first = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select id, next_sequence from pools")) {
      while (rows.next()) {
        first.put(rows.getObject(1, UUID.class), rows.getLong(2));
      }
    }
    return new RowsCheck(connection, first);
  }

  /**
   * Looks at everything.
   *
   * @param acknowledged all holds of the round that were answered with success
   */
  public List<Finding> end(List<Acknowledged> acknowledged) throws SQLException {
    Findings findings = new Findings();
    try (Statement statement = connection.createStatement()) {
      statement.execute("set work_mem = '512MB'");
    }
    counters(findings);
    count(findings, Finding.Kind.ORDER_MISSING, CLAIMS_WITHOUT_ORDER);
    count(findings, Finding.Kind.CLAIM_MISSING, ORDERS_WITHOUT_CLAIM);
    count(findings, Finding.Kind.UNITS_WRONG, UNITS_UNLIKE_CLAIMS);
    count(findings, Finding.Kind.LIMIT_BROKEN, CLAIMANTS_OVER_LIMIT);
    answers(findings, acknowledged);
    return findings.list();
  }

  private static final String CLAIMS_WITHOUT_ORDER =
      """
      select count(*), min(c.pool_id::text || ' ' || c.sequence)
      from claims c left join orders o on o.id = c.holder_id where o.id is null
      """;

  private static final String ORDERS_WITHOUT_CLAIM =
      """
      select count(*), min(o.id::text)
      from orders o left join claims c on c.holder_id = o.id where c.holder_id is null
      """;

  private static final String UNITS_UNLIKE_CLAIMS =
      """
      with sums as (
        select pool_id, claimant_id, sum(quantity) as units from claims
        where state in ('H', 'C') group by pool_id, claimant_id
      )
      select count(*), min(claimant_id::text)
      from tallies t left join sums s using (pool_id, claimant_id)
      where t.units <> coalesce(s.units, 0)
      """;

  private static final String CLAIMANTS_OVER_LIMIT =
      """
      with sums as (
        select pool_id, claimant_id, sum(quantity) as units from claims
        where state in ('H', 'C') group by pool_id, claimant_id
      )
      select count(*), min(claimant_id::text)
      from sums s join pools p on p.id = s.pool_id where s.units > p.limit_per_claimant
      """;

  private void count(Findings findings, Finding.Kind kind, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      findings.add(kind, rows.getLong(1), String.valueOf(rows.getString(2)));
    }
  }

  private void counters(Findings findings) throws SQLException {
    String sql =
        """
        select p.id, p.capacity, p.taken, p.next_sequence, coalesce(c.units, 0),
               coalesce(c.claims, 0), coalesce(c.numbers, 0), coalesce(c.first, 1),
               coalesce(c.last, 0)
        from pools p left join (
          select pool_id, sum(quantity) filter (where state in ('H', 'C')) as units,
                 count(*) as claims, count(distinct sequence) as numbers,
                 min(sequence) as first, max(sequence) as last
          from claims group by pool_id
        ) c on c.pool_id = p.id
        """;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        String pool = rows.getString(1);
        long units = rows.getLong(5);
        long claims = rows.getLong(6);
        long numbers = rows.getLong(7);
        long last = rows.getLong(9);
        findings.add(
            Finding.Kind.SOLD_TOO_MANY, Math.max(0, units - rows.getLong(2)), "pool " + pool);
        findings.addWhen(
            rows.getLong(3) != units || rows.getLong(4) != claims + 1,
            Finding.Kind.COUNTER_WRONG,
            "pool %s: taken %d for %d units, next %d after %d claims"
                .formatted(pool, rows.getLong(3), units, rows.getLong(4), claims));
        findings.add(Finding.Kind.NUMBER_TWICE, claims - numbers, "pool " + pool);
        findings.add(
            Finding.Kind.NUMBER_MISSING,
            Math.max(Math.abs(last - numbers), rows.getLong(8) - 1),
            "pool %s: %d to %d in %d claims".formatted(pool, rows.getLong(8), last, claims));
      }
    }
  }

  /** Where an answer must be found. */
  private record Place(UUID order, UUID pool) {}

  /** One line of a hold, with the number that its caller was told. */
  private record Told(Hold hold, Hold.Line line, long sequence) {}

  private void answers(Findings findings, List<Acknowledged> acknowledged) throws SQLException {
    Map<Place, Told> told = HashMap.newHashMap(acknowledged.size());
    for (Acknowledged one : acknowledged) {
      List<Hold.Line> lines = one.hold().lines();
      for (int i = 0; i < lines.size(); i++) {
        told.put(
            new Place(one.held().order(), lines.get(i).pool()),
            new Told(one.hold(), lines.get(i), one.held().sequences().get(i)));
      }
    }
    String answers = acknowledged.isEmpty() ? "{}" : acknowledged.getFirst().hold().answers();
    rows(findings, told, answers);
    told.keySet().forEach(place -> findings.add(Finding.Kind.LOST, 1, "order " + place.order()));
  }

  /** Removes from {@code told} what is found, as it should be or not. */
  private void rows(Findings findings, Map<Place, Told> told, String answers) throws SQLException {
    String sql =
        """
        select c.sequence, c.holder_id, c.claimant_id, c.quantity, c.state, o.drop_id, o.buyer_id,
               o.buyer_key, o.fingerprint, o.amount, o.state, o.answers = ?::text,
               exists (select from unnest(o.items, o.quantities, o.sequences) as l (i, q, s)
                       where i = c.pool_id and q = c.quantity and s = c.sequence), c.pool_id
        from unnest(?::uuid[], ?::bigint[]) as p (id, first)
        join claims c on c.pool_id = p.id and c.sequence >= p.first
        left join orders o on o.id = c.holder_id
        """;
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      // All rows of a round at once would not fit into a small heap.
      statement.setFetchSize(FETCH);
      statement.setString(1, answers);
      statement.setArray(2, connection.createArrayOf("uuid", firstOfRound.keySet().toArray()));
      statement.setArray(3, connection.createArrayOf("int8", firstOfRound.values().toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UUID order = rows.getObject(2, UUID.class);
          Told one = told.remove(new Place(order, rows.getObject(14, UUID.class)));
          findings.addWhen(one == null, Finding.Kind.UNTOLD, "order " + order);
          findings.addWhen(
              one != null && !asTold(rows, one), Finding.Kind.ALTERED, "order " + order);
        }
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static boolean asTold(ResultSet row, Told told) throws SQLException {
    Hold hold = told.hold();
    return row.getLong(1) == told.sequence()
        && hold.claimant().equals(row.getObject(3, UUID.class))
        && row.getInt(4) == told.line().quantity()
        && "H".equals(row.getString(5))
        && hold.drop().equals(row.getObject(6, UUID.class))
        && hold.claimant().equals(row.getObject(7, UUID.class))
        && hold.key().equals(row.getObject(8, UUID.class))
        && row.getLong(9) == hold.fingerprint()
        && row.getLong(10) == hold.amount()
        && "PENDING".equals(row.getString(11))
        && row.getBoolean(12)
        && row.getBoolean(13);
  }
}
