package dev.seonchak.identity.http;

import dev.seonchak.identity.Limits;
import dev.seonchak.identity.SessionCookies;
import dev.seonchak.identity.Sessions.SignedIn;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** Gives a browser its tokens as cookies that no script can read, and takes them back. */
@Component
class TokenCookies {
  private final Limits.Session limits;
  private final boolean secure;

  TokenCookies(Limits limits, @Value("${seonchak.public-url:}") String publicUrl) {
    this.limits = limits.session();
    this.secure = publicUrl.startsWith("https://");
  }

  void give(SignedIn signedIn, HttpServletResponse response) {
    add(response, access(signedIn.accessToken(), limits.access()));
    add(response, refresh(signedIn.refreshToken(), limits.refresh()));
  }

  void take(HttpServletResponse response) {
    add(response, access("", Duration.ZERO));
    add(response, refresh("", Duration.ZERO));
  }

  private ResponseCookie access(String value, Duration age) {
    return ResponseCookie.from(SessionCookies.ACCESS, value)
        .httpOnly(true)
        .secure(secure)
        .sameSite("Lax")
        .path("/")
        .maxAge(age)
        .build();
  }

  private ResponseCookie refresh(String value, Duration age) {
    return ResponseCookie.from(SessionCookies.REFRESH, value)
        .httpOnly(true)
        .secure(secure)
        .sameSite("Strict")
        .path(SessionCookies.REFRESH_PATH)
        .maxAge(age)
        .build();
  }

  private static void add(HttpServletResponse response, ResponseCookie cookie) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
  }
}
