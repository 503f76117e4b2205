package dev.seonchak.identity;

import dev.seonchak.shared.AccountId;
import java.util.Map;
import java.util.Set;

/** Where other modules look people up. */
public interface Accounts {
  /** The accounts that exist among these and are not closed, in one read. */
  Map<AccountId, Account> find(Set<AccountId> ids);
}
