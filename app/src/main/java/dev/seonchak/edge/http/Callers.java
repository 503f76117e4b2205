package dev.seonchak.edge.http;

import dev.seonchak.identity.SessionCookies;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.Problem;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds out who is calling. Only a bearer token or the access cookie says so; whatever other header
 * claims an identity is never read.
 */
@Component
class Callers {
  private static final String BEARER = "Bearer ";

  private final VerifiedTokens tokens;

  Callers(VerifiedTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * @throws dev.seonchak.shared.Refusal when a bearer token is no good, or when another site sent
   *     the browser here; a cookie that is no good only means signed out
   */
  Optional<Caller> identify(HttpServletRequest request) {
    String authorization = single(request, "Authorization");
    if (authorization != null) {
      if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        throw unauthenticated("Only bearer tokens are understood.").refusal();
      }
      Optional<Caller> caller = tokens.caller(authorization.substring(BEARER.length()).strip());
      if (caller.isEmpty()) {
        throw unauthenticated("The token is not valid, or no longer.").refusal();
      }
      return caller;
    }
    String cookie = accessCookie(request);
    if (isUnsafe(request.getMethod())) {
      refuseOtherSites(request, cookie != null);
    }
    return cookie == null ? Optional.empty() : tokens.caller(cookie);
  }

  static Problem unauthenticated(String title) {
    return Problem.of(401, "unauthenticated", title);
  }

  private static @Nullable String single(HttpServletRequest request, String header) {
    Enumeration<String> values = request.getHeaders(header);
    if (!values.hasMoreElements()) {
      return null;
    }
    String value = values.nextElement();
    if (values.hasMoreElements()) {
      throw unauthenticated("There is more than one header Authorization.").refusal();
    }
    return value;
  }

  private static @Nullable String accessCookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(SessionCookies.ACCESS) && !cookie.getValue().isEmpty()) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }

  private static boolean isUnsafe(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE" -> false;
      default -> true;
    };
  }

  /**
   * Browsers say where a request comes from, and scripts cannot change what they say. With a cookie
   * one of the two headers must be there; without one there is nothing to be abused but the sign-in
   * itself, so only a clear sign of another site counts.
   */
  private static void refuseOtherSites(HttpServletRequest request, boolean withCookie) {
    String site = request.getHeader("Sec-Fetch-Site");
    boolean own;
    if (site != null) {
      own = site.equals("same-origin") || site.equals("none");
    } else {
      String origin = request.getHeader("Origin");
      own = origin == null ? !withCookie : isOwn(origin, request);
    }
    if (!own) {
      throw Problem.of(403, "cross-site", "Another site may not act for you here.").refusal();
    }
  }

  private static boolean isOwn(String origin, HttpServletRequest request) {
    String host = request.getHeader("Host");
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null
          && host != null
          && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
