package dev.seonchak.engine;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids from short names, the same in every run. */
final class Names {
  private Names() {}

  static PoolId pool(String name) {
    return new PoolId(uuid("pool " + name));
  }

  static ClaimantId claimant(String name) {
    return new ClaimantId(uuid("claimant " + name));
  }

  static HolderId holder(String name) {
    return new HolderId(uuid("holder " + name));
  }

  static GroupId group(String name) {
    return new GroupId(uuid("group " + name));
  }

  static Key key(String name) {
    return new Key("order", name);
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
