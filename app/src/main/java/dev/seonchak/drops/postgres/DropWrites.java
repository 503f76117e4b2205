package dev.seonchak.drops.postgres;

import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Plan;
import dev.seonchak.drops.Plan.PlannedItem;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements that lock or change drops and items. The row of a drop is locked before its pools. */
@Component
class DropWrites {
  private final JdbcClient jdbc;

  DropWrites(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The database's clock. */
  Instant now() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }

  /** The drop as it stands while this transaction holds it; empty when it is not this seller's. */
  Optional<Drop> lock(DropId id, AccountId seller) {
    // Items are read by a later statement: a subquery of the one that waits would see older rows.
    return jdbc.sql("select id from drops where id = :id and seller_id = :seller for update")
        .param("id", id.value())
        .param("seller", seller.value())
        .query(UUID.class)
        .optional()
        .map(locked -> read(id));
  }

  Drop read(DropId id) {
    return jdbc.sql("select %s from drops d where d.id = :id".formatted(DropRows.COLUMNS))
        .param("id", id.value())
        .query(new DropRows())
        .single();
  }

  void insert(DropId id, AccountId seller, Plan plan) {
    jdbc.sql(
            """
            insert into drops (id, seller_id, title, description, kind, state, opens_at, closes_at,
              hold_minutes, questions, cancel_hours, bank_transfer, created_at)
            values (:id, :seller, :title, :description, :kind, 'DRAFT', :opensAt, :closesAt,
              :holdMinutes, :questions::jsonb, :cancelHours, :bankTransfer::jsonb, now())
            """)
        .param("seller", seller.value())
        .params(params(id, plan))
        .update();
    insertItems(id, plan.items());
  }

  /** Whatever a draft said before. */
  void replace(DropId id, Plan plan) {
    jdbc.sql(
            """
            update drops set title = :title, description = :description, kind = :kind,
              opens_at = :opensAt, closes_at = :closesAt, hold_minutes = :holdMinutes,
              questions = :questions::jsonb, cancel_hours = :cancelHours,
              bank_transfer = :bankTransfer::jsonb
            where id = :id
            """)
        .params(params(id, plan))
        .update();
    jdbc.sql("delete from items where drop_id = :id").param("id", id.value()).update();
    insertItems(id, plan.items());
  }

  /** What may change once a drop is published. */
  void amend(DropId id, Plan plan) {
    jdbc.sql(
            """
            update drops set title = :title, description = :description, closes_at = :closesAt,
              bank_transfer = :bankTransfer::jsonb
            where id = :id
            """)
        .param("id", id.value())
        .param("title", plan.title())
        .param("description", plan.description())
        .param("closesAt", DropRows.utc(plan.closesAt()))
        .param("bankTransfer", DropRows.bankTransfer(plan.terms().bankTransfer()))
        .update();
  }

  void publish(DropId id) {
    jdbc.sql("update drops set state = 'PUBLISHED' where id = :id")
        .param("id", id.value())
        .update();
  }

  void close(DropId id) {
    jdbc.sql(
            """
            update drops set state = 'CLOSED', closes_at = least(closes_at, clock_timestamp())
            where id = :id
            """)
        .param("id", id.value())
        .update();
  }

  private void insertItems(DropId drop, List<PlannedItem> items) {
    jdbc.sql(
            """
            insert into items (id, drop_id, position, name, price, limit_per_person)
            select id, :drop, position, name, price, limit_per_person
            from unnest(:ids::uuid[], :names::text[], :prices::bigint[], :limits::int[])
              with ordinality as new (id, name, price, limit_per_person, position)
            """)
        .param("drop", drop.value())
        .param("ids", column(items, planned -> planned.item().id().value(), UUID[]::new))
        .param("names", column(items, planned -> planned.item().name(), String[]::new))
        .param("prices", column(items, planned -> planned.item().price().amount(), Long[]::new))
        .param("limits", column(items, planned -> planned.item().limitPerPerson(), Integer[]::new))
        .update();
  }

  private static <C> C[] column(
      List<PlannedItem> items, Function<PlannedItem, C> value, IntFunction<C[]> array) {
    return items.stream().map(value).toArray(array);
  }

  private static Map<String, @Nullable Object> params(DropId id, Plan plan) {
    var params = new HashMap<String, @Nullable Object>();
    params.put("id", id.value());
    params.put("title", plan.title());
    params.put("description", plan.description());
    params.put("kind", plan.kind().name());
    params.put("opensAt", DropRows.utc(plan.opensAt()));
    params.put("closesAt", DropRows.utc(plan.closesAt()));
    params.put("holdMinutes", plan.hold().toMinutes());
    params.put("questions", DropRows.questions(plan.form()));
    params.put("cancelHours", plan.terms().cancelWithin().toHours());
    params.put("bankTransfer", DropRows.bankTransfer(plan.terms().bankTransfer()));
    return params;
  }
}
