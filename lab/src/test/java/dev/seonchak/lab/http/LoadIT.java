package dev.seonchak.lab.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.seonchak.lab.processes.Child;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load against the bare application, both as in a run. */
class LoadIT {
  private static final String BODY = "{\"lines\":[{\"itemId\":\"x\",\"quantity\":1}]}";
  @TempDir private Path folder;

  @Test
  void countsEveryAnswerOnce() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    KeyPair others = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    try (Child bare =
        Child.server(
            Bare.class,
            Measurement.bareWords(
                Base64.getUrlEncoder().encodeToString(keys.getPublic().getEncoded()), 200),
            folder.resolve("log"))) {
      int port = Integer.parseInt(bare.await(Platform.READY).group(1));

      Load.Result right = load(port, token(keys), 0);
      Load.Result forged = load(port, token(others), 0);
      Load.Result paced = load(port, token(keys), 100);

      assertThat(right.statuses()).containsOnlyKeys(201);
      assertThat(right.latencies().p50()).isPositive();
      assertThat(right.example()).contains("{\"filling\":\"xxx");
      assertThat(forged.statuses()).doesNotContainKey(201);
      assertThat(forged.perSecond()).isZero();
      assertThat(paced.statuses()).as("a hundred a second for half a second").hasSize(1);
      assertThat(paced.statuses()).containsEntry(201, 50L);
    }
  }

  private Load.Result load(int port, String token, double perSecond) throws Exception {
    Path file = folder.resolve("requests");
    Requests.of("/api/empty", List.of(token), BODY).write(file);
    var order = new LoadClient.Order(port, file.toString(), 8, 0.5, perSecond, 201, "");
    try (Load load = new Load(Requests.read(file), order)) {
      return load.run();
    }
  }

  private static String token(KeyPair keys) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.RS256),
            new JWTClaimsSet.Builder().claim("roles", Map.of()).subject("somebody").build());
    token.sign(new RSASSASigner(keys.getPrivate()));
    return token.serialize();
  }
}
