package dev.seonchak;

import dev.seonchak.embedded.TestServers;
import dev.seonchak.shared.AccountRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** One node of the platform that runs in this JVM; see {@link OnPlatform}. */
public final class Platform implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery";
  private static final AtomicInteger PEOPLE = new AtomicInteger();

  private final ConfigurableApplicationContext context;
  private final Map<String, String> servers;

  private Platform(ConfigurableApplicationContext context, Map<String, String> servers) {
    this.context = context;
    this.servers = Map.copyOf(servers);
  }

  /** Points a context at the test servers, with a database of its own. */
  static final class Fresh
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      Map<String, String> servers = freshServers();
      TestPropertyValues.of(servers).applyTo(context);
      context.getBeanFactory().registerSingleton("platform", new Platform(context, servers));
    }
  }

  private static Map<String, String> freshServers() {
    TestServers.Database database = TestServers.freshDatabase();
    Map<String, String> servers = new LinkedHashMap<>();
    servers.put("spring.datasource.url", database.jdbcUrl());
    servers.put("spring.datasource.username", database.user());
    servers.put("spring.datasource.password", database.password());
    servers.put("spring.data.redis.url", TestServers.redis().uri());
    servers.put("spring.kafka.bootstrap-servers", TestServers.kafka().bootstrapServers());
    // Platforms on different databases share the broker, but not their events.
    servers.put("seonchak.events.prefix", database.name());
    servers.put("seonchak.simulator", "true");
    servers.put("seonchak.simulator.port", "0");
    return servers;
  }

  /** Boots a platform with settings of its own and a fresh database; the caller closes it. */
  public static Platform start(String... settings) {
    return start(freshServers(), settings);
  }

  /** Another node on the same servers and the same database; the caller closes it. */
  public Platform secondNode(String... settings) {
    return start(servers, settings);
  }

  private static Platform start(Map<String, String> servers, String... settings) {
    Map<String, String> all = new LinkedHashMap<>(servers);
    all.put("server.port", "0");
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      all.put(parts[0], parts[1]);
    }
    List<String> arguments = new ArrayList<>();
    all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return new Platform(
        new SpringApplicationBuilder(Seonchak.class)
            .registerShutdownHook(false)
            .run(arguments.toArray(String[]::new)),
        servers);
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public String url() {
    return "http://localhost:" + port();
  }

  public int port() {
    return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  /** Somebody who has not signed in. */
  public Person visitor() {
    return new Person(url(), "", "", "", Map.of());
  }

  /** The same person at this node. */
  public Person as(Person person) {
    return person.at(url());
  }

  /** A new account, signed in; BUYER is always among its roles. */
  public Person signUp(AccountRole... roles) {
    String email = "person%d@example.test".formatted(PEOPLE.incrementAndGet());
    Set<String> names = new TreeSet<>();
    Arrays.stream(roles).forEach(role -> names.add(role.name()));
    Answer answer =
        visitor()
            .post(
                "/api/accounts",
                Map.of("email", email, "password", PASSWORD, "name", "Kim", "roles", names));
    if (answer.status() != 201) {
      throw new AssertionError("sign-up was refused: " + answer);
    }
    return new Person(
        url(),
        answer.at("/account/id").asString(),
        email,
        answer.at("/accessToken").asString(),
        Map.of());
  }

  @Override
  public void close() {
    context.close();
  }
}
