package dev.seonchak.payments.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulated payment company's server, on loopback only. Under {@code /online/v1/payment} it is
 * KakaoPay, under {@code /pay} the buyer's page, under {@code /simulator} its books and switches.
 */
public final class Simulator implements AutoCloseable {
  /** The merchant that KakaoPay itself gives to testers. */
  public static final String CID = "TC0ONETIME";

  private static final Logger log = LoggerFactory.getLogger(Simulator.class);
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final int MOVEMENTS_MAX = 10_000;
  private static final int DELAY_MILLIS_MAX = 600_000;
  private static final String PROTOCOL = "/online/v1/payment/";

  private final JsonMapper json = JsonMapper.builder().build();
  private final String secretKey;
  private final Supplier<String> words;
  private final Books books;
  private final Switches switches;
  private final SimulatedKakaoPay kakaoPay;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts the server.
   *
   * @param preferredPort taken when it is free, else any; 0 for any
   * @param words hands out unguessable words of letters and digits
   */
  public static Simulator start(
      JdbcClient database, int preferredPort, String secretKey, Supplier<String> words)
      throws IOException {
    // Read once by the JDK's server: without the first, answers wait for the client's delayed
    // acknowledgement; without the second, it closes idle connections that a client is about to
    // use.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    if (System.getProperty("sun.net.httpserver.idleInterval") == null) {
      System.setProperty("sun.net.httpserver.idleInterval", "120");
    }
    var books = new Books(database);
    books.open();
    return new Simulator(books, new Switches(database), bind(preferredPort), secretKey, words);
  }

  private Simulator(
      Books books, Switches switches, HttpServer server, String secretKey, Supplier<String> words) {
    this.secretKey = secretKey;
    this.words = words;
    this.books = books;
    this.switches = switches;
    this.server = server;
    this.kakaoPay = new SimulatedKakaoPay(books, switches, CID, words, this::address);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer bind(int preferredPort) throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    try {
      return HttpServer.create(new InetSocketAddress(loopback, preferredPort), 1024);
    } catch (BindException _) {
      return HttpServer.create(new InetSocketAddress(loopback, 0), 1024);
    }
  }

  /** Where it is reached. */
  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** What a caller of the protocol must know. */
  String secretKey() {
    return secretKey;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = route(exchange);
      } catch (RuntimeException e) {
        log.warn("The payment simulator failed at {}", exchange.getRequestURI(), e);
        reply = Reply.error(500, -1, "internal error");
      }
      send(exchange, reply);
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.sent() == Reply.Sent.NOTHING) {
      return;
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    var body = reply.body().getBytes(StandardCharsets.UTF_8);
    var length = body.length;
    exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
    if (length == 0) {
      return;
    }
    exchange
        .getResponseBody()
        .write(body, 0, reply.sent() == Reply.Sent.HALF ? length / 2 : length);
  }

  private Reply route(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var post = exchange.getRequestMethod().equals("POST");
    if (path.startsWith(PROTOCOL)) {
      return post
          ? protocol(exchange, path.substring(PROTOCOL.length()))
          : Reply.error(405, -405, "only POST");
    }
    if (path.startsWith("/pay/")) {
      var page = path.substring("/pay/".length());
      return post ? decide(page, form(exchange)) : show(page);
    }
    return switch (exchange.getRequestMethod() + " " + path) {
      case "GET /simulator/ledger" -> ledger(exchange);
      case "POST /simulator/switches" -> flip(exchange);
      case "DELETE /simulator/switches" -> {
        switches.flipBack();
        yield Reply.json(200, Map.of());
      }
      default -> Reply.error(404, -404, "not found");
    };
  }

  private Reply protocol(HttpExchange exchange, String call) throws IOException {
    var key = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("SECRET_KEY " + secretKey).equals(key)) {
      return Reply.error(401, -401, "unauthorized");
    }
    var body = object(exchange);
    return body == null
        ? Reply.error(400, -2, "invalid parameter")
        : kakaoPay.answer(
            call, body, exchange.getRequestHeaders().getFirst("TossPayments-Test-Code"));
  }

  private Reply show(String page) {
    var session = books.byPage(page);
    if (session.isEmpty()) {
      return Reply.page(404, BuyerPage.over("There is no such payment."));
    }
    return switch (session.get().status()) {
      case "READY", "OPEN_PAYMENT" -> {
        books.move(session.get().tid(), "OPEN_PAYMENT", "");
        yield Reply.page(200, BuyerPage.open(session.get()));
      }
      case "AUTH_PASSWORD", "SUCCESS_PAYMENT" -> back(session.get());
      default -> Reply.page(200, BuyerPage.over("This payment is over."));
    };
  }

  private Reply decide(String page, Map<String, String> form) {
    var session = books.byPage(page);
    if (session.isEmpty()) {
      return Reply.page(404, BuyerPage.over("There is no such payment."));
    }
    var tid = session.get().tid();
    switch (form.getOrDefault("decision", "")) {
      case "approve" -> books.move(tid, "AUTH_PASSWORD", words.get());
      case "decline" -> books.move(tid, "FAIL_AUTH_PASSWORD", "");
      case "close" -> books.move(tid, "QUIT_PAYMENT", "");
      default -> {
        return Reply.page(400, BuyerPage.over("Approve, decline or close."));
      }
    }
    return back(books.byPage(page).orElseThrow());
  }

  /** Sends the browser back to the shop, by what the buyer decided first. */
  private static Reply back(Session session) {
    return switch (session.status()) {
      case "FAIL_AUTH_PASSWORD" -> Reply.seeOther(session.failUrl());
      case "QUIT_PAYMENT" -> Reply.seeOther(session.cancelUrl());
      default -> {
        var joint = session.approvalUrl().contains("?") ? "&" : "?";
        yield Reply.seeOther(session.approvalUrl() + joint + "pg_token=" + session.token());
      }
    };
  }

  private Reply ledger(HttpExchange exchange) {
    var query = pairs(exchange.getRequestURI().getRawQuery());
    var after = query.getOrDefault("after", "0");
    if (!after.matches("\\d{1,18}")) {
      return Reply.error(400, -2, "after is the id of a movement");
    }
    var movements =
        books.movements(query.getOrDefault("order", ""), Long.parseLong(after), MOVEMENTS_MAX);
    return Reply.json(
        200, Map.of("movements", movements.stream().map(Simulator::movement).toList()));
  }

  private static Map<String, Object> movement(Books.Movement movement) {
    return Map.of(
        "id", movement.id(),
        "tid", movement.tid(),
        "order", movement.order(),
        "user", movement.user(),
        "kind", movement.kind(),
        "amount", movement.amount(),
        "at", movement.at().toInstant().toString());
  }

  private Reply flip(HttpExchange exchange) throws IOException {
    var body = object(exchange);
    if (body == null) {
      return Reply.error(400, -2, "a JSON object is wanted");
    }
    var call = body.path("call").asString("approve");
    var fault = Fault.named(body.path("fault").asString(""));
    var delayMillis = body.path("delayMillis").asInt(30_000);
    var times = body.path("times").asInt(1);
    if (fault.isEmpty()
        || !call.matches("ready|approve|order|cancel")
        || delayMillis < 0
        || delayMillis > DELAY_MILLIS_MAX
        || times < 1) {
      return Reply.error(400, -2, "no such switch");
    }
    var planned = new Switch(fault.get(), Duration.ofMillis(delayMillis));
    switches.flip(body.path("order").asString("*"), call, planned, times);
    return Reply.json(201, Map.of());
  }

  private @Nullable JsonNode object(HttpExchange exchange) throws IOException {
    try {
      var body = json.readTree(text(exchange));
      return body.isObject() ? body : null;
    } catch (JacksonException _) {
      return null;
    }
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    return pairs(text(exchange));
  }

  private static Map<String, String> pairs(@Nullable String encoded) {
    var pairs = new HashMap<String, String>();
    for (var pair : (encoded == null ? "" : encoded).split("&", 100)) {
      var at = pair.indexOf('=');
      if (at > 0) {
        pairs.put(
            URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
      }
    }
    return pairs;
  }

  private static String text(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readNBytes(BODY_BYTES_MAX), StandardCharsets.UTF_8);
  }
}
