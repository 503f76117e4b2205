package dev.seonchak.pages.http;

import dev.seonchak.shared.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing up and in; the forms speak to the JSON interface. */
@Controller
final class AccountPages {
  private final Visits visits;
  private final Html html;

  AccountPages(Visits visits, Html html) {
    this.visits = visits;
    this.html = html;
  }

  @GetMapping("/sign-in")
  void signIn(
      @Nullable Caller caller,
      @RequestParam(name = "next", defaultValue = "/") String next,
      HttpServletResponse response)
      throws IOException {
    Visit visit = visits.of(caller);
    if (visit.signedIn()) {
      response.sendRedirect(within(next));
      return;
    }
    html.write(response, "sign-in", Map.of("visit", visit, "next", within(next)));
  }

  @GetMapping("/sign-up")
  void signUp(
      @Nullable Caller caller,
      @RequestParam(name = "next", defaultValue = "/") String next,
      HttpServletResponse response)
      throws IOException {
    Visit visit = visits.of(caller);
    html.write(response, "sign-up", Map.of("visit", visit, "next", within(next)));
  }

  /** Only a path of our own: a link that leads elsewhere after signing in would help a phisher. */
  static String within(String next) {
    return next.matches("/([A-Za-z0-9][A-Za-z0-9/_-]*)?") ? next : "/";
  }
}
