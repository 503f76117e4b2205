package dev.seonchak.runtime;

import dev.seonchak.embedded.CannotStart;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Where an external PostgreSQL is.
 *
 * @param jdbcUrl without user and password
 * @param user empty when the URL or the driver's own sources name it
 */
record PostgresAddress(String jdbcUrl, String user, String password) {

  /** Reads {@code postgres://user:password@host:port/database} or a JDBC URL. */
  static PostgresAddress parse(String url) {
    if (url.startsWith("jdbc:postgresql://")) {
      return new PostgresAddress(url, "", "");
    }
    URI uri = uri(url);
    if (uri.getHost() == null
        || !("postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme()))) {
      throw wrong();
    }
    String path = uri.getPath() == null ? "" : uri.getRawPath();
    String database = path.length() > 1 ? path : "/seonchak";
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int port = uri.getPort() == -1 ? 5432 : uri.getPort();
    String[] who = (uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo()).split(":", 2);
    return new PostgresAddress(
        "jdbc:postgresql://%s:%d%s%s".formatted(uri.getHost(), port, database, query),
        decoded(who[0]),
        who.length == 2 ? decoded(who[1]) : "");
  }

  /** Host, port and database, without anything secret. */
  String shown() {
    return jdbcUrl.replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*$", "");
  }

  private static URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
  }

  private static CannotStart wrong() {
    // The URL is not repeated, since it holds a password.
    return new CannotStart(
        "The PostgreSQL URL is not of the form postgres://user:password@host:5432/database.");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
