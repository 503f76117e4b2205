package dev.seonchak.identity.postgres;

import dev.seonchak.identity.Account;
import dev.seonchak.identity.Registry;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of accounts. Whoever the setting {@code seonchak.operators} names is an operator. */
@Component
class PostgresRegistry implements Registry {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final Set<String> operators;

  PostgresRegistry(
      JdbcClient jdbc, Clock clock, @Value("${seonchak.operators:}") List<String> operators) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.operators =
        operators.stream().map(PostgresRegistry::folded).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Map<AccountId, Account> find(Set<AccountId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    UUID[] keys = ids.stream().map(AccountId::value).toArray(UUID[]::new);
    return jdbc
        .sql(
            """
            select id, email, name, roles, password_hash
              from accounts
             where id = any(:ids) and closed_at is null
            """)
        .param("ids", keys)
        .query(this::entry)
        .list()
        .stream()
        .map(Entry::account)
        .collect(Collectors.toUnmodifiableMap(Account::id, Function.identity()));
  }

  @Override
  public Optional<Entry> byEmail(String email) {
    return jdbc.sql(
            """
            select id, email, name, roles, password_hash
              from accounts
             where lower(email) = lower(:email) and closed_at is null
            """)
        .param("email", email)
        .query(this::entry)
        .optional();
  }

  @Override
  public Optional<Entry> byId(AccountId id) {
    return jdbc.sql(
            """
            select id, email, name, roles, password_hash
              from accounts
             where id = :id and closed_at is null
            """)
        .param("id", id.value())
        .query(this::entry)
        .optional();
  }

  @Override
  public boolean add(Account account, String passwordHash) {
    return jdbc.sql(
                """
                insert into accounts (id, email, name, password_hash, roles, created_at)
                values (:id, :email, :name, :hash, :roles, :now)
                on conflict do nothing
                """)
            .param("id", account.id().value())
            .param("email", account.email())
            .param("name", account.name())
            .param("hash", passwordHash)
            .param("roles", names(account.roles()))
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Override
  public void rename(AccountId id, String name) {
    jdbc.sql("update accounts set name = :name where id = :id and closed_at is null")
        .param("name", name)
        .param("id", id.value())
        .update();
  }

  @Override
  public void changePassword(AccountId id, String passwordHash) {
    jdbc.sql("update accounts set password_hash = :hash where id = :id and closed_at is null")
        .param("hash", passwordHash)
        .param("id", id.value())
        .update();
  }

  @Override
  public Optional<Account> assign(AccountId id, Set<AccountRole> roles) {
    EnumSet<AccountRole> all = EnumSet.of(AccountRole.BUYER);
    all.addAll(roles);
    return jdbc.sql(
            """
            update accounts set roles = :roles
             where id = :id and closed_at is null
            returning id, email, name, roles, password_hash
            """)
        .param("roles", names(all))
        .param("id", id.value())
        .query(this::entry)
        .optional()
        .map(Entry::account);
  }

  @Override
  public void close(AccountId id) {
    jdbc.sql(
            """
            update accounts
               set email = '', name = '', password_hash = '', closed_at = :now
             where id = :id and closed_at is null
            """)
        .param("id", id.value())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private Entry entry(ResultSet row, int number) throws SQLException {
    String email = row.getString("email");
    EnumSet<AccountRole> roles = EnumSet.noneOf(AccountRole.class);
    for (String role : (String[]) row.getArray("roles").getArray()) {
      roles.add(AccountRole.valueOf(role));
    }
    if (operators.contains(folded(email))) {
      roles.add(AccountRole.OPERATOR);
    }
    return new Entry(
        new Account(
            new AccountId(row.getObject("id", UUID.class)), email, row.getString("name"), roles),
        row.getString("password_hash"));
  }

  private static String[] names(Set<AccountRole> roles) {
    String[] names = roles.stream().map(AccountRole::name).toArray(String[]::new);
    Arrays.sort(names);
    return names;
  }

  private static String folded(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }
}
