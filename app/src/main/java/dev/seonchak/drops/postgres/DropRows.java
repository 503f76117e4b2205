package dev.seonchak.drops.postgres;

import dev.seonchak.drops.BankTransfer;
import dev.seonchak.drops.Drop;
import dev.seonchak.drops.Form;
import dev.seonchak.drops.Item;
import dev.seonchak.drops.Question;
import dev.seonchak.drops.Terms;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.DropId;
import dev.seonchak.shared.ItemId;
import dev.seonchak.shared.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/** One row per drop, its items and questions as JSON columns, so that many drops are one read. */
final class DropRows implements RowMapper<Drop> {
  /** What a query selects from {@code drops d} for this mapper. */
  static final String COLUMNS =
      """
      d.id, d.seller_id, d.title, d.description, d.kind, d.state, d.opens_at, d.closes_at,
      d.hold_minutes, d.questions, d.cancel_hours, d.bank_transfer,
      (select coalesce(json_agg(json_build_object(
                'id', i.id, 'name', i.name, 'price', i.price, 'limit', i.limit_per_person)
                order by i.position), '[]')
       from items i where i.drop_id = d.id) as items
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record ItemRow(UUID id, String name, long price, int limit) {
    Item item() {
      return new Item(new ItemId(id), name, new Money(price), limit);
    }
  }

  @Override
  public Drop mapRow(ResultSet row, int number) throws SQLException {
    return new Drop(
        new DropId(row.getObject("id", UUID.class)),
        new AccountId(row.getObject("seller_id", UUID.class)),
        row.getString("title"),
        row.getString("description"),
        Drop.Kind.valueOf(row.getString("kind")),
        Drop.State.valueOf(row.getString("state")),
        row.getObject("opens_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("closes_at", OffsetDateTime.class)),
        Duration.ofMinutes(row.getInt("hold_minutes")),
        items(row.getString("items")),
        new Form(List.of(JSON.readValue(row.getString("questions"), Question[].class))),
        new Terms(
            Duration.ofHours(row.getInt("cancel_hours")),
            bankTransfer(row.getString("bank_transfer"))));
  }

  private static @Nullable BankTransfer bankTransfer(@Nullable String json) {
    return json == null ? null : JSON.readValue(json, BankTransfer.class);
  }

  static @Nullable String bankTransfer(@Nullable BankTransfer bankTransfer) {
    return bankTransfer == null ? null : JSON.writeValueAsString(bankTransfer);
  }

  static String questions(Form form) {
    return JSON.writeValueAsString(form.questions());
  }

  static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static List<Item> items(String json) {
    return List.of(JSON.readValue(json, ItemRow[].class)).stream().map(ItemRow::item).toList();
  }
}
