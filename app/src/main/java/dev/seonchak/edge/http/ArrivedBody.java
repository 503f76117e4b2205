package dev.seonchak.edge.http;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body was read before anybody asked for it. */
final class ArrivedBody extends HttpServletRequestWrapper {
  /** The request attribute with such a body, a {@code byte[]}. */
  static final String BYTES = "dev.seonchak.bytes";

  private final ServletInputStream body;

  private ArrivedBody(HttpServletRequest request, byte[] body) {
    super(request);
    this.body = new BytesInput(new ByteArrayInputStream(body));
  }

  /** The request itself when its body was not read yet. */
  static HttpServletRequest of(HttpServletRequest request) {
    return request.getAttribute(BYTES) instanceof byte[] body
        ? new ArrivedBody(request, body)
        : request;
  }

  @Override
  public ServletInputStream getInputStream() {
    return body;
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }
}
