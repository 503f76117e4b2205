package dev.seonchak.identity.http;

import dev.seonchak.identity.Account;
import dev.seonchak.shared.AccountRole;
import java.util.List;
import java.util.UUID;

/** An account as its owner sees it. */
record AccountAnswer(UUID id, String email, String name, List<AccountRole> roles) {
  static AccountAnswer of(Account account) {
    return new AccountAnswer(
        account.id().value(),
        account.email(),
        account.name(),
        account.roles().stream().sorted().toList());
  }
}
