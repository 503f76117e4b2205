package dev.seonchak.pages.http;

import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * One look at a page.
 *
 * @param caller who looks, empty when nobody is signed in
 * @param now the server's time, for countdowns
 */
public record Visit(Optional<Caller> caller, Instant now) {
  public boolean signedIn() {
    return caller.isPresent();
  }

  public boolean seller() {
    return caller.filter(who -> who.is(AccountRole.SELLER)).isPresent();
  }
}
