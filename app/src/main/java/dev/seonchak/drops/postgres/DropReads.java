package dev.seonchak.drops.postgres;

import dev.seonchak.drops.Browsing.Query;
import dev.seonchak.drops.Drop;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of drops; each is one statement. */
@Component
class DropReads {
  private static final String IS_PUBLISHED = "d.state = 'PUBLISHED'";
  private static final String IN_WINDOW =
      IS_PUBLISHED + " and d.opens_at <= now() and (d.closes_at is null or d.closes_at > now())";

  /**
   * Read only: where stock is free is asked of the pools in the same statement, or pages would have
   * holes.
   */
  private static final String HAS_FREE_STOCK =
      "exists (select from pools p where p.group_id = d.id and p.taken < p.capacity)";

  private final JdbcClient jdbc;

  DropReads(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Map<DropId, Drop> find(Set<DropId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql("select %s from drops d where d.id = any(:ids::uuid[])".formatted(DropRows.COLUMNS))
        .param("ids", ids.stream().map(DropId::value).toArray(UUID[]::new))
        .query(new DropRows())
        .list()
        .stream()
        .collect(Collectors.toMap(Drop::id, Function.identity()));
  }

  /** At most {@code most} drops; ids sort by the time of their making. */
  List<Drop> list(Query query, @Nullable AccountId visitor, int most) {
    var conditions = new ArrayList<String>();
    var params = new HashMap<String, Object>();
    params.put("most", most);
    conditions.add(visible(query, visitor, params));
    if (query.seller() != null) {
      conditions.add("d.seller_id = :seller");
      params.put("seller", query.seller().value());
    }
    if (query.before() != null) {
      conditions.add("d.id < :before");
      params.put("before", query.before().value());
    }
    if (query.text() != null) {
      conditions.add("(d.title || ' ' || d.description) ilike :text");
      params.put("text", "%" + escaped(query.text()) + "%");
    }
    return jdbc.sql(
            """
            select %s from drops d where %s order by d.id desc limit :most
            """
                .formatted(DropRows.COLUMNS, String.join(" and ", conditions)))
        .params(params)
        .query(new DropRows())
        .list();
  }

  private static String visible(
      Query query, @Nullable AccountId visitor, Map<String, Object> params) {
    var isOwn = visitor != null && visitor.equals(query.seller());
    if (query.filter() == null) {
      return isOwn ? "true" : "d.state <> 'DRAFT'";
    }
    return switch (query.filter()) {
      case DRAFT -> {
        if (visitor == null) {
          yield "false";
        }
        params.put("visitor", visitor.value());
        yield "d.state = 'DRAFT' and d.seller_id = :visitor";
      }
      case PUBLISHED -> IS_PUBLISHED;
      case UPCOMING -> IS_PUBLISHED + " and d.opens_at > now()";
      case OPEN -> IN_WINDOW + " and " + HAS_FREE_STOCK;
      case SOLD_OUT -> IN_WINDOW + " and not " + HAS_FREE_STOCK;
      case CLOSED -> "(d.state = 'CLOSED' or " + IS_PUBLISHED + " and d.closes_at <= now())";
    };
  }

  /** What stands for itself in a pattern. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
