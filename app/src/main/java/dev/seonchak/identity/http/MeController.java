package dev.seonchak.identity.http;

import dev.seonchak.identity.Account;
import dev.seonchak.identity.OwnAccount;
import dev.seonchak.identity.OwnAccount.Outcome;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own account. */
@RestController
@RequestMapping("/api/me")
@Tag(name = "accounts")
class MeController {
  private final OwnAccount own;
  private final TokenCookies cookies;

  MeController(OwnAccount own, TokenCookies cookies) {
    this.own = own;
    this.cookies = cookies;
  }

  /**
   * What is to change; what is not given stays.
   *
   * @param oldPassword guards a new password
   */
  record Change(@Nullable String name, @Nullable String password, @Nullable String oldPassword) {
    @Override
    public String toString() {
      return "Change";
    }
  }

  record Farewell(String password) {
    @Override
    public String toString() {
      return "Farewell";
    }
  }

  @GetMapping
  @Operation(summary = "One's own account")
  @ApiResponse(responseCode = "200", description = "The account")
  @ApiResponse(responseCode = "404", description = "`not-found`: it was closed")
  AccountAnswer read(Caller caller) {
    return own.read(caller)
        .map(AccountAnswer::of)
        .orElseThrow(() -> Problem.notFound("account").refusal());
  }

  @PatchMapping
  @Operation(
      summary = "Change name or password",
      description = "A new password needs the old one, and ends all other sessions.")
  @ApiResponse(responseCode = "200", description = "The account as it is now")
  @ApiResponse(responseCode = "403", description = "`wrong-password`: the old one is wrong")
  @ApiResponse(responseCode = "422", description = "`invalid`, with the `field`")
  @ApiResponse(responseCode = "429", description = "`too-many-attempts`, with Retry-After")
  AccountAnswer change(@RequestBody Change change, Caller caller) {
    if (change.password() != null) {
      done(own.changePassword(caller, change.oldPassword(), change.password()));
    }
    if (change.name() != null) {
      done(own.rename(caller, change.name()));
    }
    return read(caller);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Close the account",
      description = "Needs the password. Frees the address and erases name, address and password.")
  @ApiResponse(responseCode = "204", description = "Closed, and signed out everywhere")
  @ApiResponse(responseCode = "403", description = "`wrong-password`")
  @ApiResponse(responseCode = "429", description = "`too-many-attempts`, with Retry-After")
  void close(@RequestBody Farewell farewell, Caller caller, HttpServletResponse response) {
    done(own.close(caller, farewell.password()));
    cookies.take(response);
  }

  private static Account done(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Invalid(var field, var reason) -> throw Problem.invalid(field, reason).refusal();
      case Outcome.Unknown() -> throw Problem.notFound("account").refusal();
      case Outcome.TooMany(var seconds) -> throw Refused.tooManyAttempts(seconds).refusal();
      case Outcome.Overloaded() -> throw Refused.overloaded().refusal();
      case Outcome.Wrong() ->
          throw Problem.of(403, "wrong-password", "The password is wrong.").refusal();
      case Outcome.Done(var account) -> account;
    };
  }
}
