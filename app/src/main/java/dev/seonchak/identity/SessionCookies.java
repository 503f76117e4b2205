package dev.seonchak.identity;

/** The cookies of a browser that has signed in. Both are HttpOnly. */
public final class SessionCookies {
  /** The access token; SameSite=Lax, for all paths. */
  public static final String ACCESS = "seonchak_access";

  /** The refresh token; SameSite=Strict, only sent to {@link #REFRESH_PATH}. */
  public static final String REFRESH = "seonchak_refresh";

  public static final String REFRESH_PATH = "/api/sessions";

  private SessionCookies() {}
}
