package dev.seonchak.identity.http;

import dev.seonchak.identity.Limits;
import dev.seonchak.identity.SessionCookies;
import dev.seonchak.identity.Sessions;
import dev.seonchak.identity.Sessions.SignedIn;
import dev.seonchak.identity.SignIn;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signs people in, keeps them signed in, and signs them out. */
@RestController
@RequestMapping(SessionCookies.REFRESH_PATH)
@Tag(name = "accounts")
class SessionsController {
  private final SignIn signIn;
  private final Sessions sessions;
  private final TokenCookies cookies;
  private final Limits.Session limits;

  SessionsController(SignIn signIn, Sessions sessions, TokenCookies cookies, Limits limits) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.cookies = cookies;
    this.limits = limits.session();
  }

  record Credentials(String email, String password) {
    @Override
    public String toString() {
      return "Credentials";
    }
  }

  /**
   * A session.
   *
   * @param expiresIn seconds that the access token is good for
   */
  record SessionAnswer(String accessToken, long expiresIn) {}

  @PostMapping
  @Operation(
      summary = "Sign in",
      description =
          "An access token for programs; for browsers the same as cookies, and a refresh cookie.")
  @ApiResponse(responseCode = "200", description = "A new session")
  @ApiResponse(
      responseCode = "401",
      description = "`wrong-credentials`, the same for an unknown address")
  @ApiResponse(responseCode = "429", description = "`too-many-attempts`, with Retry-After")
  @ApiResponse(responseCode = "503", description = "`overloaded`: too many at once")
  SessionAnswer signIn(
      @RequestBody Credentials credentials,
      HttpServletRequest request,
      HttpServletResponse response) {
    return switch (signIn.signIn(
        credentials.email(), credentials.password(), request.getRemoteAddr())) {
      case SignIn.Outcome.TooMany(var seconds) -> throw Refused.tooManyAttempts(seconds).refusal();
      case SignIn.Outcome.Overloaded() -> throw Refused.overloaded().refusal();
      case SignIn.Outcome.Wrong() ->
          throw Problem.of(401, "wrong-credentials", "Address or password is wrong.").refusal();
      case SignIn.Outcome.Done(var signedIn) -> answer(signedIn, response);
    };
  }

  @PostMapping("/refresh")
  @Operation(
      summary = "Exchange the refresh cookie for new tokens",
      description =
          """
          Replaces the refresh cookie. One that was replaced more than some seconds ago has been \
          stolen, and ends the session.\
          """)
  @ApiResponse(responseCode = "200", description = "New tokens of the same session")
  @ApiResponse(responseCode = "401", description = "`unauthenticated`: sign in again")
  SessionAnswer refresh(
      @CookieValue(name = SessionCookies.REFRESH, required = false) @Nullable String token,
      HttpServletResponse response) {
    Optional<SignedIn> signedIn = token == null ? Optional.empty() : sessions.refresh(token);
    if (signedIn.isEmpty()) {
      cookies.take(response);
      throw Problem.of(401, "unauthenticated", "The session is over; sign in again.").refusal();
    }
    return answer(signedIn.get(), response);
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Sign out; without a session nothing happens")
  @ApiResponse(responseCode = "204", description = "The session is over, here at once")
  void signOut(
      @CookieValue(name = SessionCookies.REFRESH, required = false) @Nullable String token,
      Optional<Caller> caller,
      HttpServletResponse response) {
    caller.ifPresent(known -> sessions.end(known.session()));
    if (token != null) {
      sessions.endBy(token);
    }
    cookies.take(response);
  }

  private SessionAnswer answer(SignedIn signedIn, HttpServletResponse response) {
    cookies.give(signedIn, response);
    return new SessionAnswer(signedIn.accessToken(), limits.access().toSeconds());
  }
}
