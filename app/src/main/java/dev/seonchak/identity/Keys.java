package dev.seonchak.identity;

import java.util.List;
import java.util.Optional;

/** The keys that sign access tokens. All nodes of a platform share them. */
public interface Keys {
  /** The one that signs. */
  SigningKey current();

  /**
   * A key whose tokens may still be good. An unknown id costs a database read at most once a
   * second.
   */
  Optional<SigningKey> byId(String id);

  /** All whose tokens may still be good. */
  List<SigningKey> all();

  /** From now on a new key signs; the old one is forgotten when its last token has ended. */
  void rotate();
}
