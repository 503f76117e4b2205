package dev.seonchak.identity;

import java.util.List;
import java.util.Optional;

/** The keys that sign access tokens. All nodes of a platform share them. */
public interface Keys {
  /** The one that signs. */
  SigningKey current();

  /**
   * A key whose tokens may still be good. One that another node has just made is found at once: an
   * id that is not known here waits for a read of the table that began after this call. All who
   * wait share it, and reads begin at most ten times a second, whatever ids are made up.
   */
  Optional<SigningKey> byId(String id);

  /** All whose tokens may still be good. */
  List<SigningKey> all();

  /** From now on a new key signs; the old one is forgotten when its last token has ended. */
  void rotate();
}
