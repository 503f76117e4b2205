package dev.seonchak.pages.http;

import dev.seonchak.edge.ErrorPage;
import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Refusals as a person should read them; who must sign in first is led there and back. */
@Component
final class PageProblems implements ErrorPage {
  private final Visits visits;
  private final Html html;

  PageProblems(Visits visits, Html html) {
    this.visits = visits;
    this.html = html;
  }

  @Override
  public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (problem.status() == 401 && request.getHeader("HX-Request") != null) {
      // A part that refreshes itself cannot show a sign-in form; the whole page can.
      response.setHeader("HX-Refresh", "true");
      return;
    }
    if (problem.status() == 401 && request.getMethod().equals("GET")) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader(
          "Location", "/sign-in?next=" + AccountPages.within(request.getRequestURI()));
      return;
    }
    html.write(
        response,
        "message",
        Map.of(
            "visit",
            visits.of(null),
            "title",
            problem.status() == 404 ? "Not here" : "That did not work",
            "text",
            problem.title(),
            "link",
            "/",
            "linkText",
            "To the drops"));
  }
}
