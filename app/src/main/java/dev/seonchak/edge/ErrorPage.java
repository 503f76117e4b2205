package dev.seonchak.edge;

import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells a person in a browser what a program would get as a problem document. */
public interface ErrorPage {
  /** Writes the page; the status is already set, and the path is none below {@code /api}. */
  void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException;
}
