package dev.seonchak.lab.http;

import dev.seonchak.lab.Progress;
import dev.seonchak.lab.check.Finding;
import dev.seonchak.lab.load.Cost;
import dev.seonchak.lab.processes.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds on one hot item of the running platform, in turn with holds on one that is sold out, with
 * its empty request and with that of the bare application: same accounts, same bytes sent but for
 * the path and the item, same load.
 */
public final class Measurement implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EMPTY = "/api/empty";
  private static final int CREATED = 201;
  private static final int REFUSED = 409;

  private final Conditions conditions;
  private final Path folder;
  private final Platform platform;
  private final List<HoldsCheck.Held> held = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private final List<MeasuredRequests> measured = new ArrayList<>();

  /**
   * @param connections numbers of connections, one after the other
   * @param warmUps rounds before those that count
   */
  public record Conditions(
      List<Integer> connections, int accounts, int rounds, Duration length, int warmUps) {}

  /**
   * @param app folder of the module that builds the platform
   * @param folder for everything that the run writes
   */
  public Measurement(Conditions conditions, Path app, Path folder) throws IOException {
    this.conditions = conditions;
    this.folder = folder;
    platform = Platform.start(app, folder);
  }

  public List<MeasuredRequests> measured() {
    return measured;
  }

  /** What is wrong; empty when every 201 is in the database and the audit is clean. */
  public List<String> findings() {
    return findings;
  }

  public int checked() {
    return held.size();
  }

  /** The version of the platform's database. */
  public String database() throws Exception {
    return platform.database();
  }

  /**
   * @param now when the sessions of the accounts begin
   */
  public void run(Instant now) throws Exception {
    try (Connection connection = platform.connect()) {
      People people = new People(connection);
      String seller = people.signUp(1, "SELLER", now).getFirst().token();
      List<People.Person> buyers = people.signUp(conditions.accounts(), "BUYER", now);
      try (Shop shop = new Shop(platform.port(), seller)) {
        Shop.Hot hot = shop.open();
        measure(shop, hot, soldOut(shop, buyers), people, buyers);
        check(connection, shop.audit(hot.drop()), hot);
      }
    }
  }

  /** A drop whose only piece the first buyer has. */
  private static Shop.Hot soldOut(Shop shop, List<People.Person> buyers) throws Exception {
    Shop.Hot drop = shop.open(1);
    String first = buyers.getFirst().token();
    shop.tryOut(drop.path(), drop.wish(), first, UUID.randomUUID(), CREATED);
    String refusal = shop.tryOut(drop.path(), drop.wish(), first, UUID.randomUUID(), REFUSED);
    Progress.say("a refusal       " + refusal);
    if (!refusal.contains("sold-out")) {
      throw new IOException("refused for another reason: " + refusal);
    }
    return drop;
  }

  private void measure(
      Shop shop, Shop.Hot hot, Shop.Hot soldOut, People people, List<People.Person> buyers)
      throws Exception {
    String body = hot.wish();
    People.Person first = buyers.getFirst();
    UUID key = UUID.randomUUID();
    JsonNode order = JSON.readTree(shop.tryOut(hot.path(), body, first.token(), key, CREATED));
    held.add(
        new HoldsCheck.Held(
            first.account(),
            key,
            UUID.fromString(order.get("id").asString()),
            order.get("lines").get(0).get("sequence").asLong()));
    String empty = shop.tryOut(EMPTY, body, first.token(), UUID.randomUUID(), CREATED);
    Progress.say("a hold answers  " + order);
    Progress.say("the empty one   " + empty);
    List<String> tokens = buyers.stream().map(People.Person::token).toList();
    Path log = folder.resolve("load.log");
    try (Child bare = Child.server(Bare.class, bareWords(people.publicKey(), empty.length()), log);
        Child load = LoadClient.start(log)) {
      int barePort = Integer.parseInt(bare.await(Platform.READY).group(1));
      Path nothing = requests("empty", EMPTY, tokens, body);
      List<Target> targets =
          List.of(
              new Target(
                  "hold",
                  platform.port(),
                  requests("hold", hot.path(), tokens, body),
                  CREATED,
                  folder.resolve("hold.answers")),
              new Target(
                  "refused",
                  platform.port(),
                  requests("refused", soldOut.path(), tokens, soldOut.wish()),
                  REFUSED,
                  null),
              new Target("empty", platform.port(), nothing, CREATED, null),
              new Target("bare", barePort, nothing, CREATED, null));
      rounds(targets, load, bare, buyers);
    }
  }

  /**
   * @param publicKey as {@link People#publicKey}
   * @param characters of the body that it shall answer with
   */
  static List<String> bareWords(String publicKey, int characters) {
    int filling = characters - "{\"filling\":\"\"}".length();
    return List.of(
        "--bare.key=" + publicKey,
        "--bare.length=" + Math.max(0, filling),
        "--server.port=0",
        "--server.address=127.0.0.1",
        "--server.tomcat.max-keep-alive-requests=-1",
        "--server.tomcat.max-connections=10000",
        "--spring.threads.virtual.enabled=true",
        "--spring.main.banner-mode=off",
        "--logging.config=classpath:lab-logging.xml",
        "--spring.config.location=optional:none");
  }

  private Path requests(String name, String path, List<String> tokens, String body)
      throws IOException {
    Path file = folder.resolve(name + ".requests");
    Requests.of(path, tokens, body).write(file);
    return file;
  }

  private void rounds(List<Target> targets, Child load, Child bare, List<People.Person> buyers)
      throws IOException {
    int all = conditions.warmUps() + conditions.rounds();
    Progress progress = new Progress(conditions.connections().size() * all * targets.size());
    for (int connections : conditions.connections()) {
      List<MeasuredRequests> here =
          targets.stream().map(one -> new MeasuredRequests(one.name(), connections)).toList();
      for (int i = 0; i < all; i++) {
        for (int t = 0; t < targets.size(); t++) {
          MeasuredRequests.Round round = round(targets.get(t), connections, load, bare, buyers);
          if (i >= conditions.warmUps()) {
            here.get(t).rounds().add(round);
          }
          progress.step(
              "%s, %d connections%s: %,.0f a second, p99 %.1f ms; server %.0f, database %.0f, load %.0f µs each"
                  .formatted(
                      targets.get(t).name(),
                      connections,
                      i < conditions.warmUps() ? " (warm-up)" : "",
                      round.perSecond(),
                      round.p99(),
                      round.serverMicros(),
                      round.databaseMicros(),
                      round.loadMicros()));
        }
      }
      measured.addAll(here);
    }
  }

  private MeasuredRequests.Round round(
      Target target, int connections, Child load, Child bare, List<People.Person> buyers)
      throws IOException {
    boolean atPlatform = target.port() == platform.port();
    Cost ofPlatform = platform.cost();
    Cost ofServer = atPlatform ? ofPlatform : bare.cost();
    LoadClient.Order order =
        new LoadClient.Order(
            target.port(),
            target.requests().toString(),
            connections,
            conditions.length().toMillis() / 1000.0,
            /* perSecond= */ 0,
            target.status(),
            target.answers() == null ? "" : target.answers().toString());
    Load.Result result = LoadClient.ask(load, order);
    long requests = result.statuses().values().stream().mapToLong(count -> count).sum();
    double serverMicros = ofServer.ownMicros(requests);
    double databaseMicros = ofPlatform.serverMicros(requests);
    if (result.statuses().size() != 1 || !result.statuses().containsKey(target.status())) {
      findings.add(
          target.name()
              + " was answered with "
              + result.statuses()
              + ", for example "
              + result.example());
    }
    if (target.answers() != null) {
      held.addAll(HoldsCheck.held(target.answers(), buyers));
    }
    return new MeasuredRequests.Round(
        result.perSecond(),
        result.latencies().p50(),
        result.latencies().p95(),
        result.latencies().p99(),
        result.latencies().p9999(),
        result.latencies().max(),
        result.bytesPerAnswer(),
        serverMicros,
        databaseMicros,
        result.cpuMicrosPerRequest());
  }

  private void check(Connection connection, JsonNode audit, Shop.Hot hot) throws Exception {
    Progress.say("checking %,d holds ...".formatted(held.size()));
    for (Finding finding : HoldsCheck.of(connection, hot.drop(), held)) {
      findings.add(finding.toString());
    }
    Progress.say("the audit says " + audit);
    if (!audit.path("clean").asBoolean(false)) {
      findings.add("the audit is not clean: " + audit);
    }
  }

  @Override
  public void close() {
    platform.close();
  }
}
