package dev.seonchak.runtime;

import dev.seonchak.embedded.CannotStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on the command line, or in the environment under the same name in capitals
 * ({@code SEONCHAK_POSTGRES}); the command line wins.
 *
 * @param port of the entrance, 0 for any
 * @param postgres an external server, null for an embedded one; likewise redis and kafka
 * @param publicUrl what browsers and gateways see, null for the local address
 * @param train ends as soon as everything is ready
 * @param settings options of the form {@code --spring.x=y}, handed on as they are
 */
record Options(
    int port,
    Path data,
    Roles roles,
    @Nullable PostgresAddress postgres,
    @Nullable String redis,
    @Nullable String kafka,
    @Nullable String publicUrl,
    boolean simulator,
    boolean train,
    List<String> settings) {

  private static final Set<String> VALUES =
      Set.of("port", "data", "roles", "postgres", "redis", "kafka", "public-url");
  private static final Set<String> FLAGS = Set.of("simulator", "train");

  Options {
    settings = List.copyOf(settings);
  }

  Options withPort(int port) {
    return new Options(
        port, data, roles, postgres, redis, kafka, publicUrl, simulator, train, settings);
  }

  /**
   * @throws CannotStart with one sentence about the first argument that is wrong
   */
  static Options parse(List<String> arguments, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    for (String option : VALUES) {
      String value =
          environment.get("SEONCHAK_" + option.replace('-', '_').toUpperCase(Locale.ROOT));
      if (value != null && !value.isBlank()) {
        given.put(option, value);
      }
    }
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String[] parts = argument.split("=", 2);
      String name = argument.startsWith("--") ? parts[0].substring(2) : "";
      if (VALUES.contains(name)) {
        if (parts.length == 1 && ++i == arguments.size()) {
          throw new CannotStart("Option --%s needs a value.".formatted(name));
        }
        given.put(name, parts.length == 2 ? parts[1] : arguments.get(i));
      } else if (FLAGS.contains(name) && parts.length == 1) {
        given.put(name, "");
      } else if (name.contains(".") && parts.length == 2) {
        settings.add(argument);
      } else {
        throw new CannotStart(
            "There is no option \"%s\"; ./seonchak help lists them.".formatted(argument));
      }
    }
    return of(given, settings);
  }

  private static Options of(Map<String, String> given, List<String> settings) {
    String postgres = given.get("postgres");
    String publicUrl = given.get("public-url");
    if (publicUrl != null && !publicUrl.matches("https?://[^/?#\\s]+/?")) {
      throw new CannotStart(
          "The public URL \"%s\" is not of the form https://shop.example.".formatted(publicUrl));
    }
    Roles roles = Roles.parse(given.getOrDefault("roles", "all"));
    Role elsewhere = roles.leftOut();
    if (elsewhere != null && !given.keySet().containsAll(Set.of("postgres", "redis", "kafka"))) {
      throw new CannotStart(
          "Without role %1$s another process must run %1$s on the same servers; give both of them --postgres, --redis and --kafka."
              .formatted(elsewhere.word()));
    }
    return new Options(
        port(given.getOrDefault("port", "8080")),
        Path.of(given.getOrDefault("data", ".seonchak")).toAbsolutePath().normalize(),
        roles,
        postgres == null ? null : PostgresAddress.parse(postgres),
        given.get("redis"),
        given.get("kafka"),
        publicUrl == null ? null : publicUrl.replaceFirst("/$", ""),
        given.containsKey("simulator"),
        given.containsKey("train"),
        settings);
  }

  private static int port(String text) {
    if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new CannotStart("\"%s\" is not a port; ports are 0 to 65535.".formatted(text));
  }

  /** The chosen roles as the setting takes them. */
  String roleNames() {
    return String.join(
        ",", Arrays.stream(roles.chosen().toArray(Role[]::new)).map(Role::word).toList());
  }
}
