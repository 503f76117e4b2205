package dev.seonchak.runtime;

import dev.seonchak.embedded.CannotStart;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The roles of this process, never {@link Role#ALL}, which is unfolded. */
public record Roles(Set<Role> chosen) {
  /** The setting that names them, separated by commas. */
  static final String SETTING = "seonchak.roles";

  private static final Set<String> ALWAYS = Set.of("shared", "runtime", "events");

  public Roles {
    chosen = Collections.unmodifiableSet(EnumSet.copyOf(chosen));
  }

  /**
   * @param names role names in small letters, separated by commas
   * @throws CannotStart when a name is unknown, or when they cannot run in one process
   */
  public static Roles parse(String names) {
    Set<Role> chosen =
        Arrays.stream(names.split(",", -1))
            .map(Roles::role)
            .flatMap(role -> role.parts().stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    for (Role role : chosen) {
      Set<Role> missing = EnumSet.noneOf(Role.class);
      missing.addAll(role.needed());
      missing.removeAll(chosen);
      if (!missing.isEmpty()) {
        throw new CannotStart(
            "Role %s cannot run without %s in the same process yet; add it, or leave %s out."
                .formatted(role.word(), names(missing.stream(), " and "), role.word()));
      }
    }
    return new Roles(chosen);
  }

  /** The one without which nothing is sold or nothing is told, and which is not here. */
  @Nullable Role leftOut() {
    if (!has(Role.SHOP)) {
      return Role.SHOP;
    }
    return has(Role.RELAY) ? null : Role.RELAY;
  }

  public boolean has(Role role) {
    return chosen.contains(role);
  }

  /**
   * Whether a class belongs to this process.
   *
   * @param path its package below the root and its name, for example {@code orders.http.Hold}
   */
  boolean starts(String path) {
    String[] parts = path.split("\\.", 3);
    if (parts.length == 1 || ALWAYS.contains(parts[0])) {
      return true;
    }
    boolean http = parts.length == 3 && parts[1].equals("http");
    return chosen.stream()
        .anyMatch(
            role -> role.served().contains(parts[0]) || (!http && role.used().contains(parts[0])));
  }

  /** One line per role: its name and its modules. */
  public String table() {
    StringBuilder table = new StringBuilder();
    for (Role role : Role.values()) {
      Set<String> modules = new TreeSet<>();
      for (Role part : role.parts()) {
        modules.addAll(part.served());
        modules.addAll(part.used());
      }
      table.append("%-9s %s%n".formatted(role.word(), String.join(", ", modules)));
    }
    return table.toString();
  }

  private static Role role(String name) {
    return Arrays.stream(Role.values())
        .filter(role -> role.word().equals(name.strip()))
        .findFirst()
        .orElseThrow(() ->
            new CannotStart(
                "There is no role \"%s\"; the roles are %s."
                    .formatted(name.strip(), names(Arrays.stream(Role.values()), ", "))));
  }

  private static String names(Stream<Role> roles, String between) {
    return roles.map(Role::word).collect(Collectors.joining(between));
  }
}
