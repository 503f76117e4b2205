package dev.seonchak.identity;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import java.util.EnumSet;
import java.util.Set;

/** Somebody who can sign in; BUYER is always among the roles. */
public record Account(AccountId id, String email, String name, Set<AccountRole> roles) {
  public Account {
    EnumSet<AccountRole> all = EnumSet.of(AccountRole.BUYER);
    all.addAll(roles);
    roles = Set.copyOf(all);
  }
}
