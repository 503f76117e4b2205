package dev.seonchak.runtime;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The roles that a process can run: the one table that says what each of them starts. The modules
 * `shared`, `runtime` and `events` are part of every process.
 */
public enum Role {
  EDGE("edge pages", ""),
  IDENTITY("identity", ""),
  SHOP("drops allocation orders payments coupons exports audit", ""),
  LINE("lines lobby", ""),
  NOTIFY("notifications chat", ""),
  RELAY("", "drops allocation orders payments"),
  ALL("", "");

  private final String served;
  private final String used;

  Role(String served, String used) {
    this.served = served;
    this.used = used;
  }

  /** What it is called on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Modules that it starts with everything in them. */
  List<String> served() {
    return modules(served);
  }

  /** Modules that it starts without their sub-package {@code http}. */
  List<String> used() {
    return modules(used);
  }

  /** The roles that it stands for: itself, except for {@link #ALL}. */
  Set<Role> parts() {
    return this == ALL ? EnumSet.complementOf(EnumSet.of(ALL)) : EnumSet.of(this);
  }

  /**
   * Roles that must run in the same process as this one, since modules call each other directly and
   * only the edge knows who is calling.
   */
  Set<Role> needed() {
    return switch (this) {
      case EDGE -> EnumSet.of(IDENTITY, SHOP);
      case IDENTITY, SHOP, LINE, NOTIFY -> EnumSet.of(EDGE);
      case RELAY, ALL -> EnumSet.noneOf(Role.class);
    };
  }

  private static List<String> modules(String names) {
    return names.isEmpty() ? List.of() : List.of(names.split(" "));
  }
}
