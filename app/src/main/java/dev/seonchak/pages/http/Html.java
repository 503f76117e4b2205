package dev.seonchak.pages.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Renders the templates of {@code src/main/jte}, which the build turns into classes. Thread-safe.
 */
@Component
final class Html {
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.seonchak.pages.jte");

  Html() {
    templates.setBinaryStaticContent(false);
  }

  /** Writes a page as the answer; the template's parameters are given by name. */
  void write(HttpServletResponse response, String template, Map<String, Object> parameters)
      throws IOException {
    var page = new Utf8ByteOutput();
    templates.render(template + ".jte", parameters, page);
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(page.getContentLength());
    page.writeTo(response.getOutputStream());
  }
}
