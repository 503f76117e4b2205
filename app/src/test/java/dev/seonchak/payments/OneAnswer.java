package dev.seonchak.payments;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that gives the same answer to whatever it is asked. */
public final class OneAnswer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch hold = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();

  private OneAnswer(int status, String body, int claimedLength, boolean silent) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            calls.incrementAndGet();
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            if (silent) {
              exchange.sendResponseHeaders(status, claimedLength);
              exchange.getResponseBody().write(bytes);
              exchange.getResponseBody().flush();
              hold.await();
            } else {
              exchange.sendResponseHeaders(status, claimedLength);
              exchange.getResponseBody().write(bytes);
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  public static OneAnswer whole(int status, String body) throws IOException {
    return new OneAnswer(status, body, body.getBytes(StandardCharsets.UTF_8).length, false);
  }

  /** Ends in the middle of the body. */
  public static OneAnswer cut(String body) throws IOException {
    return new OneAnswer(200, body.substring(0, body.length() / 2), body.length(), false);
  }

  /** Sends headers and half a body, and then nothing, for ever. */
  public static OneAnswer stuck(String body) throws IOException {
    return new OneAnswer(200, body.substring(0, body.length() / 2), body.length(), true);
  }

  /** How often it was asked. */
  public int calls() {
    return calls.get();
  }

  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    hold.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
