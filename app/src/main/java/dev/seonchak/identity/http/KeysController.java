package dev.seonchak.identity.http;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.seonchak.identity.Keys;
import dev.seonchak.shared.AccountRole;
import dev.seonchak.shared.Caller;
import dev.seonchak.shared.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The public halves of the keys, as a JSON Web Key Set (RFC 7517). */
@RestController
@Tag(name = "accounts")
class KeysController {
  private static final Duration CACHED = Duration.ofMinutes(5);

  private final Keys keys;

  KeysController(Keys keys) {
    this.keys = keys;
  }

  @GetMapping("/.well-known/jwks.json")
  @Operation(summary = "The keys that verify access tokens")
  @ApiResponse(responseCode = "200", description = "A JSON Web Key Set")
  ResponseEntity<Map<String, Object>> keys() {
    List<JWK> publics =
        keys.all().stream()
            .<JWK>map(key ->
                new RSAKey.Builder(key.verifies())
                    .keyID(key.id())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .build())
            .toList();
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(CACHED).cachePublic())
        .body(new JWKSet(publics).toJSONObject(true));
  }

  @PostMapping("/api/keys")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Let a new key sign (operators)",
      description = "Tokens signed with the old one stay good until they expire.")
  @ApiResponse(responseCode = "204", description = "A new key signs")
  @ApiResponse(responseCode = "403", description = "`forbidden`: only operators do this")
  void rotate(Caller caller) {
    if (!caller.is(AccountRole.OPERATOR)) {
      throw Problem.of(403, "forbidden", "Only an operator rotates keys.").refusal();
    }
    keys.rotate();
  }
}
