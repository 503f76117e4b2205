package dev.seonchak.identity.http;

import dev.seonchak.identity.Limits;
import dev.seonchak.identity.OwnAccount;
import dev.seonchak.identity.SignUp;
import dev.seonchak.shared.AccountId;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Opens accounts, and lets operators give roles. */
@RestController
@RequestMapping("/api/accounts")
@Tag(name = "accounts")
class AccountsController {
  private final SignUp signUp;
  private final OwnAccount accounts;
  private final TokenCookies cookies;
  private final Limits.Session limits;

  AccountsController(SignUp signUp, OwnAccount accounts, TokenCookies cookies, Limits limits) {
    this.signUp = signUp;
    this.accounts = accounts;
    this.cookies = cookies;
    this.limits = limits.session();
  }

  /**
   * A newcomer.
   *
   * @param roles SELLER and HOST by one's own choice; BUYER is everybody
   */
  record NewAccount(String email, String password, String name, @Nullable Set<AccountRole> roles) {
    @Override
    public String toString() {
      return "NewAccount";
    }
  }

  /**
   * A new account with its session.
   *
   * @param expiresIn seconds that the access token is good for
   */
  record NewAccountAnswer(AccountAnswer account, String accessToken, long expiresIn) {}

  record Roles(List<AccountRole> roles) {}

  @PostMapping
  @Operation(
      summary = "Open an account",
      description = "Answers with a session: an access token, and cookies for browsers.")
  @ApiResponse(responseCode = "201", description = "The account, signed in")
  @ApiResponse(responseCode = "409", description = "`email-taken`")
  @ApiResponse(
      responseCode = "422",
      description = "`invalid`, with the `field`: e-mail, password (8 to 72 bytes), name or roles")
  @ApiResponse(responseCode = "503", description = "`overloaded`: too many at once")
  ResponseEntity<NewAccountAnswer> open(
      @RequestBody NewAccount request, HttpServletResponse response) {
    var newcomer =
        new SignUp.Newcomer(
            request.email(),
            request.password(),
            request.name(),
            request.roles() == null ? Set.of() : request.roles());
    return switch (signUp.signUp(newcomer)) {
      case SignUp.Outcome.Invalid(var field, var reason) ->
          throw Problem.invalid(field, reason).refusal();
      case SignUp.Outcome.Overloaded() -> throw Refused.overloaded().refusal();
      case SignUp.Outcome.EmailTaken() ->
          throw Problem.of(409, "email-taken", "There is an account with this address already.")
              .refusal();
      case SignUp.Outcome.Done(var signedIn) -> {
        cookies.give(signedIn, response);
        yield ResponseEntity.created(URI.create("/api/me"))
            .body(
                new NewAccountAnswer(
                    AccountAnswer.of(signedIn.account()),
                    signedIn.accessToken(),
                    limits.access().toSeconds()));
      }
    };
  }

  @PutMapping("/{id}/roles")
  @Operation(
      summary = "Give an account exactly these roles (operators)",
      description = "Who loses a role must sign in again; new ones come with the next token.")
  @ApiResponse(responseCode = "200", description = "The account as it is now")
  @ApiResponse(responseCode = "403", description = "`forbidden`: only operators do this")
  @ApiResponse(responseCode = "404", description = "`not-found`")
  @ApiResponse(responseCode = "422", description = "`invalid`: a role that does not exist")
  AccountAnswer assign(@PathVariable UUID id, @RequestBody Roles roles, Caller caller) {
    if (!caller.is(AccountRole.OPERATOR)) {
      throw Problem.of(403, "forbidden", "Only an operator gives roles.").refusal();
    }
    return switch (accounts.assign(new AccountId(id), Set.copyOf(roles.roles()))) {
      case OwnAccount.Outcome.Done(var account) -> AccountAnswer.of(account);
      default -> throw Problem.notFound("account").refusal();
    };
  }
}
