package dev.seonchak.lab.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that Spring MVC can do for the empty request: a controller, JSON in and out, and a
 * cache of verified tokens. It shows what the platform's own empty request costs beyond that.
 */
@SpringBootConfiguration
@ImportAutoConfiguration({
  TomcatServletWebServerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  WebMvcAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  JacksonAutoConfiguration.class
})
@RestController
public class Bare {
  private final Cache<String, Jwt> verified = Caffeine.newBuilder().maximumSize(100_000).build();
  private final JwtDecoder decoder;
  private final String answer;

  /** One line of an order. */
  record Line(String itemId, int quantity) {}

  /** What a hold's body says. */
  record Order(List<Line> lines, Map<String, Object> answers) {}

  /** What is answered: text that makes the answer as long as the platform's. */
  record Answer(String filling) {}

  Bare(Environment settings) throws Exception {
    byte[] key = Base64.getUrlDecoder().decode(settings.getRequiredProperty("bare.key"));
    decoder =
        NimbusJwtDecoder.withPublicKey(
                (RSAPublicKey)
                    KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)))
            .build();
    answer = "x".repeat(settings.getRequiredProperty("bare.length", Integer.class));
  }

  @PostMapping("/api/empty")
  @ResponseStatus(HttpStatus.CREATED)
  Answer empty(@RequestHeader("Authorization") String authorization, @RequestBody Order order) {
    Objects.requireNonNull(verified.get(authorization.substring(7), decoder::decode));
    return new Answer(answer);
  }

  public static void main(String[] settings) {
    ConfigurableApplicationContext running = SpringApplication.run(Bare.class, settings);
    System.out.println(
        "ready http://localhost:" + running.getEnvironment().getProperty("local.server.port"));
  }
}
