package dev.seonchak.embedded;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What to start, and how.
 *
 * @param ports fixed ports; a part without one gets the port of its last run, or a free one
 * @param settings extra settings of a part in that server's own names, over our defaults
 */
public record ServerPlan(
    Folders folders,
    Set<Part> parts,
    Map<Part, Integer> ports,
    Map<Part, Map<String, String>> settings) {

  public ServerPlan {
    parts = Collections.unmodifiableSet(EnumSet.copyOf(parts));
    ports = Map.copyOf(ports);
    settings = Map.copyOf(settings);
  }

  /** All three servers on free ports. */
  public static ServerPlan all(Folders folders) {
    return new ServerPlan(folders, EnumSet.allOf(Part.class), Map.of(), Map.of());
  }

  public ServerPlan only(Set<Part> chosen) {
    return new ServerPlan(folders, chosen, ports, settings);
  }

  public ServerPlan withPort(Part part, int port) {
    Map<Part, Integer> more = new EnumMap<>(Part.class);
    more.putAll(ports);
    more.put(part, port);
    return new ServerPlan(folders, parts, more, settings);
  }

  public ServerPlan withSettings(Part part, Map<String, String> extra) {
    Map<Part, Map<String, String>> more = new EnumMap<>(Part.class);
    more.putAll(settings);
    more.put(part, Map.copyOf(extra));
    return new ServerPlan(folders, parts, ports, more);
  }

  int port(Part part) {
    return ports.getOrDefault(part, 0);
  }

  Map<String, String> settings(Part part) {
    return settings.getOrDefault(part, Map.of());
  }
}
