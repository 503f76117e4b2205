package dev.seonchak.edge.http;

import jakarta.servlet.http.HttpServletResponse;

/** What a browser is told about how to treat what it gets. */
final class PageHeaders {
  private static final String CONTENT =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

  private PageHeaders() {}

  static void set(String path, HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (!path.startsWith("/api/")) {
      response.setHeader("Content-Security-Policy", CONTENT);
      response.setHeader("Referrer-Policy", "same-origin");
    }
  }
}
