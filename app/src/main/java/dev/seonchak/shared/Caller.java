package dev.seonchak.shared;

import java.util.Set;

/** Who is calling, as the edge has verified it; a controller takes it as an argument. */
public record Caller(AccountId account, SessionId session, Set<AccountRole> roles) {
  public Caller {
    roles = Set.copyOf(roles);
  }

  public boolean is(AccountRole role) {
    return roles.contains(role);
  }
}
