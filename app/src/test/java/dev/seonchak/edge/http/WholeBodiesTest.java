package dev.seonchak.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.seonchak.edge.Limits;
import dev.seonchak.shared.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/** Bodies that come late, slowly, too large or not at all, at a door with two places. */
class WholeBodiesTest {
  private static final Limits.Door PLACES =
      new Limits.Door(2, 2, Duration.ofMinutes(1), Duration.ZERO);
  private static final Limits.Bodies BODIES =
      new Limits.Bodies(
          20_000, 50_000, 20, 30_000, 1_000, Duration.ofSeconds(2), Duration.ofSeconds(30));

  private static final AtomicInteger begun = new AtomicInteger();
  private static final Turnstile TURNSTILE =
      new Turnstile(Thread::startVirtualThread, task -> {}, PLACES, System::nanoTime);
  private static final WholeBodies WHOLE = new WholeBodies(TURNSTILE, BODIES, System::nanoTime);
  private static WebServer server;
  private static WebServer impatient;

  /** Says what it got: the problem, or or the length and the end of the body. */
  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      begun.incrementAndGet();
      String said;
      if (request.getAttribute(WholeBodies.PROBLEM) instanceof Problem problem) {
        response.setStatus(problem.status());
        said = problem.type();
      } else {
        String body =
            new String(
                ArrivedBody.of(request).getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        said = body.length() + " " + body.substring(Math.max(0, body.length() - 3));
      }
      response.setContentLength(said.length());
      response.getOutputStream().print(said);
    }
  }

  @BeforeAll
  static void start() {
    server = serve(TURNSTILE, WHOLE, BODIES.silenceMax());
    var other = new Turnstile(Thread::startVirtualThread, task -> {}, PLACES, System::nanoTime);
    impatient =
        serve(other, new WholeBodies(other, BODIES, System::nanoTime), Duration.ofMillis(300));
  }

  private static WebServer serve(Turnstile turnstile, WholeBodies bodies, Duration silenceMax) {
    var factory = new TomcatServletWebServerFactory(0);
    Door.build(factory, turnstile, bodies, silenceMax);
    WebServer server =
        factory.getWebServer(context -> context.addServlet("echo", new Echo()).addMapping("/*"));
    server.start();
    return server;
  }

  @AfterAll
  static void stop() {
    server.stop();
    impatient.stop();
  }

  /** One connection of a client that decides itself when to send what. */
  private record Client(Socket socket) implements AutoCloseable {
    static Client connect() throws IOException {
      return connect(server);
    }

    static Client connect(WebServer server) throws IOException {
      var socket = new Socket("localhost", server.getPort());
      socket.setSoTimeout(30_000);
      socket.setTcpNoDelay(true);
      return new Client(socket);
    }

    Client send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return this;
    }

    Client head(String path, String... headers) throws IOException {
      return send(
          "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
    }

    /** One answer: its status and what stands behind its head. */
    String answer() throws IOException {
      String head = line();
      int length = 0;
      for (String line = line(); !line.isEmpty(); line = line()) {
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring(16));
        }
      }
      byte[] body = socket.getInputStream().readNBytes(length);
      return head.substring(9, 12) + " " + new String(body, StandardCharsets.US_ASCII);
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      InputStream in = socket.getInputStream();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("closed after " + line);
        }
        line.append((char) c);
      }
      return line.toString().strip();
    }

    boolean hasAnswer() throws IOException {
      return socket.getInputStream().available() > 0;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void handsOnWhatArrivesInPieces() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Content-Length: 9").send("abc");
      Thread.sleep(50);
      client.send("def");
      Thread.sleep(50);
      client.send("ghi");
      assertThat(client.answer()).isEqualTo("200 9 ghi");
      client.head("/", "Content-Length: 4").send("next");
      assertThat(client.answer()).as("on the same connection").isEqualTo("200 4 ext");
    }
  }

  @Test
  void leavesTheNextRequestOfTheConnectionAlone() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Content-Length: 5").send("ab");
      Thread.sleep(50);
      client.send("cde" + "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nxy");
      assertThat(client.answer()).isEqualTo("200 5 cde");
      assertThat(client.answer()).isEqualTo("200 2 xy");
    }
  }

  @Test
  void leavesTheNextRequestAloneBehindPiecesThatSayTheirLength() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Transfer-Encoding: chunked").send("3\r\nab");
      Thread.sleep(50);
      client.send("c\r\n0\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nxy");
      assertThat(client.answer()).isEqualTo("200 3 abc");
      assertThat(client.answer()).isEqualTo("200 2 xy");
    }
  }

  @Test
  void handsOnBodiesThatAreLongerThanABuffer() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Content-Length: 20000").send("x".repeat(19_998) + "yz");
      assertThat(client.answer()).isEqualTo("200 20000 xyz");
    }
  }

  @Test
  void handsOnPiecesThatSayTheirLength() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Transfer-Encoding: chunked").send("3\r\nabc\r\n");
      Thread.sleep(50);
      client.send("4\r\ndefg\r\n0\r\n\r\n");
      assertThat(client.answer()).isEqualTo("200 7 efg");
      client.head("/", "Transfer-Encoding: chunked").send("0\r\n\r\n");
      assertThat(client.answer()).isEqualTo("200 0 ");
    }
  }

  @Test
  void invitesWhoAsksFirst() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Expect: 100-continue", "Content-Length: 3");
      assertThat(client.answer()).isEqualTo("100 ");
      client.send("abc");
      assertThat(client.answer()).isEqualTo("200 3 abc");
    }
  }

  @Test
  void givesNoPlaceToBodiesThatAreStillOnTheirWay() throws Exception {
    List<Client> slow = new ArrayList<>();
    try {
      int before = begun.get();
      for (int i = 0; i < 10; i++) {
        slow.add(Client.connect().head("/", "Content-Length: 3").send("a"));
      }
      try (Client quick = Client.connect()) {
        assertThat(quick.head("/", "Content-Length: 2").send("ab").answer()).isEqualTo("200 2 ab");
      }
      assertThat(begun.get() - before).as("of which only one has a body").isEqualTo(1);
      for (Client client : slow) {
        assertThat(client.hasAnswer()).isFalse();
        client.send("bc");
      }
      for (Client client : slow) {
        assertThat(client.answer()).isEqualTo("200 3 abc");
      }
    } finally {
      for (Client client : slow) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 3", "Transfer-Encoding: chunked"})
  void tellsWhoFallsSilentAndEndsTheConnection(String length) throws Exception {
    try (Client client = Client.connect(impatient)) {
      client.head("/", length);
      assertThat(client.answer()).isEqualTo("408 too-slow");
      assertThat(client.socket().getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void tellsWhoSendsForEver() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Content-Length: 20000");
      await().pollInterval(Duration.ofMillis(20)).until(() -> client.send("x").hasAnswer());
      assertThat(client.answer()).isEqualTo("408 too-slow");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20_001, 50_000})
  void readsWhatIsTooLargeSoThatItsSenderReadsTheAnswer(int bytes) throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Content-Length: " + bytes).send("x".repeat(bytes));
      assertThat(client.answer()).isEqualTo("413 too-large");
    }
    try (Client client = Client.connect()) {
      client.head("/", "Transfer-Encoding: chunked");
      client.send(Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes) + "\r\n0\r\n\r\n");
      assertThat(client.answer()).isEqualTo("413 too-large");
    }
  }

  @Test
  void refusesAtOnceWhatIsMuchTooLarge() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Content-Length: 50001");
      assertThat(client.answer()).isEqualTo("413 too-large");
    }
  }

  /** The server itself answers these, before or without the door's own answer. */
  @ParameterizedTest
  @ValueSource(strings = {"POST /WEB-INF/x", "TRACE /", "OPTIONS *"})
  void takesNothingForARequestThatIsTheRestOfABody(String request) throws Exception {
    String next = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nxy";
    try (Client client = Client.connect()) {
      int before = begun.get();
      client.send(request + " HTTP/1.1\r\nHost: x\r\nContent-Length: 50001\r\n\r\n" + next);
      assertThat(client.answer()).doesNotContain("xy");
      assertThatExceptionOfType(IOException.class).isThrownBy(client::answer);
      assertThat(begun.get() - before).as("requests that got in").isZero();
    }
  }

  @Test
  void invitesNobodyWhomItRefuses() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Expect: 100-continue", "Content-Length: 50001");
      assertThat(client.answer()).isEqualTo("413 too-large");
    }
  }

  @Test
  void waitsForOnlySoMany() throws Exception {
    List<Client> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        slow.add(Client.connect().head("/", "Content-Length: 3"));
      }
      await().until(() -> WHOLE.senders() == 0);
      try (Client client = Client.connect()) {
        assertThat(client.head("/", "Content-Length: 3").answer()).isEqualTo("503 unavailable");
      }
      for (Client client : slow) {
        assertThat(client.send("abc").answer()).isEqualTo("200 3 abc");
      }
    } finally {
      for (Client client : slow) {
        client.close();
      }
    }
  }

  @Test
  void refusesWhatIsNoBody() throws Exception {
    try (Client client = Client.connect()) {
      client.head("/", "Transfer-Encoding: chunked").send("zz\r\n");
      assertThat(client.answer()).isEqualTo("400 malformed");
    }
  }

  @Test
  void keepsOnlySoMuchOfAllThatArrive() throws Exception {
    try (Client one = Client.connect();
        Client two = Client.connect()) {
      one.head("/", "Content-Length: 20000").send("x".repeat(19_999));
      await().until(() -> WHOLE.room() == 30_000 - 18_999);
      two.head("/", "Content-Length: 20000").send("x".repeat(20_000));
      assertThat(two.answer()).isEqualTo("503 unavailable");
      one.send("y");
      assertThat(one.answer()).isEqualTo("200 20000 xxy");
    }
    try (Client three = Client.connect()) {
      three.head("/", "Content-Length: 20000").send("x".repeat(20_000));
      assertThat(three.answer()).as("there is room again").isEqualTo("200 20000 xxx");
    }
  }
}
