package dev.seonchak.edge.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * The server answers {@code OPTIONS *} by itself and then waits for its body inside. It tells
 * nobody but a log of accesses, so this is one, and ends the connection instead.
 */
final class PingBodies extends ValveBase implements AccessLog {
  PingBodies() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
  }

  @Override
  public void log(Request request, Response response, long time) {
    var received = request.getCoyoteRequest();
    if (received.requestURI().equals("*") && !WholeBodies.isHere(received)) {
      WholeBodies.forget(request, response);
    }
  }

  @Override
  public void setRequestAttributesEnabled(boolean enabled) {
    // It logs nothing.
  }

  @Override
  public boolean getRequestAttributesEnabled() {
    return false;
  }
}
