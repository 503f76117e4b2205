package dev.seonchak.payments.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The simulated payment company's server, on loopback only. Under {@code /online/v1/payment} it is
 * KakaoPay, under {@code /v1/payments} and {@code /v2/standard} Toss Payments, under {@code /pay}
 * the buyer's page of both, under {@code /simulator} its books and switches.
 */
public final class Simulator implements AutoCloseable {
  /** The merchant that KakaoPay itself gives to testers. */
  public static final String CID = "TC0ONETIME";

  /** The key of Toss Payments' widget. */
  public static final String CLIENT_KEY = "test_gck_simulator";

  private static final Logger log = LoggerFactory.getLogger(Simulator.class);
  private static final String KAKAO_PAY = "/online/v1/payment/";
  private static final String TOSS = "/v1/payments/";
  private static final String TEST_CODE = "TossPayments-Test-Code";

  private final String secretKey;
  private final Supplier<String> words;
  private final Books books;
  private final Desk desk;
  private final Webhooks webhooks;
  private final SimulatedKakaoPay kakaoPay;
  private final SimulatedToss toss;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Starts the server without anybody to send webhooks to. */
  public static Simulator start(
      JdbcClient database, int preferredPort, String secretKey, Supplier<String> words)
      throws IOException {
    return start(database, preferredPort, secretKey, words, Optional::empty);
  }

  /**
   * Starts the server.
   *
   * @param preferredPort taken when it is free, else any; 0 for any
   * @param words hands out unguessable words of letters and digits
   * @param shop where the shop takes webhooks, empty when that is not known
   */
  public static Simulator start(
      JdbcClient database,
      int preferredPort,
      String secretKey,
      Supplier<String> words,
      Supplier<Optional<URI>> shop)
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
    Schema.open(database);
    return new Simulator(database, bind(preferredPort), secretKey, words, shop);
  }

  private Simulator(
      JdbcClient database,
      HttpServer server,
      String secretKey,
      Supplier<String> words,
      Supplier<Optional<URI>> shop) {
    var switches = new Switches(database);
    this.secretKey = secretKey;
    this.words = words;
    this.books = new Books(database);
    this.desk = new Desk(books, switches);
    this.server = server;
    this.webhooks = new Webhooks(switches, shop);
    this.kakaoPay = new SimulatedKakaoPay(books, switches, CID, words, this::address);
    var answered = new Answered(database);
    answered.open();
    this.toss = new SimulatedToss(books, answered, switches, webhooks, words);
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

  /** Where Toss Payments' widget loads its script. */
  public URI script() {
    return address().resolve("/v2/standard");
  }

  /** What a caller of either protocol must know. */
  String secretKey() {
    return secretKey;
  }

  @Override
  public void close() {
    server.stop(0);
    webhooks.close();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply;
      try {
        reply = route(new Incoming(exchange));
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

  private Reply route(Incoming request) throws IOException {
    var path = request.path();
    if (path.startsWith(KAKAO_PAY)) {
      return request.isPost() ? kakaoPay(request) : Reply.error(405, -405, "only POST");
    }
    if (path.startsWith(TOSS)) {
      return toss(request);
    }
    if (path.startsWith("/pay/")) {
      var page = path.substring("/pay/".length());
      return request.isPost()
          ? decide(page, request.form().getOrDefault("decision", ""))
          : show(page);
    }
    return switch (path) {
      case "/v2/standard" -> Reply.script(WidgetScript.at(address()));
      case "/toss/widget" -> toss.widget(request.query(), CLIENT_KEY);
      default -> desk.answer(request);
    };
  }

  private Reply kakaoPay(Incoming request) throws IOException {
    if (!("SECRET_KEY " + secretKey).equals(request.header("Authorization"))) {
      return Reply.error(401, -401, "unauthorized");
    }
    var body = request.object();
    return body == null
        ? Reply.error(400, -2, "invalid parameter")
        : kakaoPay.answer(
            request.path().substring(KAKAO_PAY.length()), body, request.header(TEST_CODE));
  }

  private Reply toss(Incoming request) throws IOException {
    var pair = (secretKey + ":").getBytes(StandardCharsets.UTF_8);
    var wanted = "Basic " + Base64.getEncoder().encodeToString(pair);
    if (!wanted.equals(request.header("Authorization"))) {
      return Reply.tossError(401, "UNAUTHORIZED_KEY", "not the key of a shop");
    }
    var call = request.path().substring(TOSS.length());
    if (!request.isPost()) {
      return toss.get(call);
    }
    var body = request.object();
    var key = request.header("Idempotency-Key");
    return body == null
        ? Reply.tossError(400, "INVALID_REQUEST", "a JSON object is wanted")
        : toss.post(call, body, key == null ? "" : key, request.header(TEST_CODE));
  }

  private Reply show(String page) {
    var session = books.byPage(page);
    if (session.isEmpty()) {
      return Reply.page(404, BuyerPage.over("There is no such payment."));
    }
    return switch (session.get().stage()) {
      case READY, OPENED -> {
        books.move(session.get().tid(), Stage.OPENED, "");
        yield Reply.page(200, BuyerPage.open(session.get()));
      }
      case AGREED, CAPTURED -> back(session.get());
      default -> Reply.page(200, BuyerPage.over("This payment is over."));
    };
  }

  private Reply decide(String page, String decision) {
    var session = books.byPage(page);
    if (session.isEmpty()) {
      return Reply.page(404, BuyerPage.over("There is no such payment."));
    }
    var tid = session.get().tid();
    switch (decision) {
      case "approve" -> books.move(tid, Stage.AGREED, words.get());
      case "decline" -> books.move(tid, Stage.DECLINED, "");
      case "close" -> books.move(tid, Stage.QUIT, "");
      default -> {
        return Reply.page(400, BuyerPage.over("Approve, decline or close."));
      }
    }
    return back(books.byPage(page).orElseThrow());
  }

  private static Reply back(Session session) {
    return session.gateway().equals(SimulatedToss.GATEWAY)
        ? SimulatedToss.back(session)
        : SimulatedKakaoPay.back(session);
  }
}
