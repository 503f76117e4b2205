package dev.seonchak.identity;

import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;

/** A key pair; the private half signs only while the key is the newest. */
public record SigningKey(String id, RSAPrivateKey signs, RSAPublicKey verifies) {
  @Override
  public String toString() {
    return "SigningKey[" + id + "]";
  }
}
