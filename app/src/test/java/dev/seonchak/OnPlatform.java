package dev.seonchak;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/**
 * Put this on an integration test ({@code …IT}) that needs the whole platform: it is booted once
 * for all such tests of a run, on real servers, with a fresh database and a random port. Then
 *
 * <pre>{@code
 * @OnPlatform
 * class HoldIT {
 *   @Autowired Platform platform;   // what runs, and how to talk to it
 *   @Autowired Orders orders;       // any bean of the platform
 *
 *   @Test
 *   void holdsWhatIsFree() {
 *     Person seller = platform.signUp(AccountRole.SELLER);
 *     Person buyer = platform.signUp();
 *     Answer made = seller.post("/api/drops", Map.of("title", "Mugs", ...));
 *     Answer held = buyer.with("Idempotency-Key", "k1").post("/api/drops/" + id + "/orders", body);
 *     assertThat(held.status()).isEqualTo(201);
 *     assertThat(held.at("/state").asString()).isEqualTo("PENDING");
 *     assertThat(platform.visitor().get("/api/orders").problem()).isEqualTo("unauthenticated");
 *     try (Platform second = platform.secondNode()) {   // another node on the same servers
 *       second.as(buyer).get("/api/orders");
 *     }
 *   }
 * }
 * }</pre>
 *
 * Tests share the database, so each makes its own accounts and drops and looks only at those. A
 * test that needs other settings starts a node of its own: {@code
 * platform.secondNode("some.setting=1")} on the same database, {@code
 * Platform.start("some.setting=1")} on a fresh one.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
    classes = Seonchak.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = Platform.Fresh.class)
public @interface OnPlatform {}
