package dev.seonchak.identity;

import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import java.util.Optional;
import java.util.Set;

/** Every account that is not closed, with what it is checked against. */
public interface Registry extends Accounts {
  /** An account and the hash of its password, which never leaves this module. */
  record Entry(Account account, String passwordHash) {
    @Override
    public String toString() {
      return "Entry[" + account.id() + "]";
    }
  }

  /** By address, however its letters are written. */
  Optional<Entry> byEmail(String email);

  Optional<Entry> byId(AccountId id);

  /**
   * @return false when another account has the address
   */
  boolean add(Account account, String passwordHash);

  void rename(AccountId id, String name);

  void changePassword(AccountId id, String passwordHash);

  /** The account with its new roles, empty when there is none. */
  Optional<Account> assign(AccountId id, Set<AccountRole> roles);

  /** Frees the address and erases what is personal; the id stays, since orders name it. */
  void close(AccountId id);
}
