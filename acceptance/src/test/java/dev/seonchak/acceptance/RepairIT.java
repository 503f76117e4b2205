package dev.seonchak.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed under the running platform comes back, unless a stop comes first. */
class RepairIT {
  private static final int BY_CTRL_C = 130;

  @TempDir private Path folder;

  @Test
  void startsKilledServersAgainAndGoesOn() throws Exception {
    try (var platform = Platform.start(folder.resolve("data"));
        var api = new Api(platform.url())) {
      signUp(api, "before").expect(201);
      for (String program : List.of("postgres", "redis-server")) {
        String part = program.replace("-server", "");
        platform.killServer(program);
        soon().until(() -> times(platform, part + " +ready .*") == 2);
        soon().until(() -> signUp(api, program).status(), status -> status == 201);
      }
      assertThat(times(platform, ".* has ended with exit code 137\\.")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "redis-server"})
  void leavesNothingWhenItIsStoppedDuringARepair(String program) throws Exception {
    Path data = folder.resolve("data");
    try (var platform = Platform.start(data)) {
      platform.url();
      platform.killServer(program);
      soon().until(() -> times(platform, ".* has ended with exit code 137\\.") == 1);
      platform.interrupt();
      assertThat(platform.exitCode()).isEqualTo(BY_CTRL_C);
      assertThat(Platform.workingIn(data)).isEmpty();
    }
  }

  @Test
  void leavesNothingWhenItIsStoppedDuringItsStart() throws Exception {
    Path data = folder.resolve("data");
    try (var platform = Platform.start(data)) {
      soon().until(() -> times(platform, "postgres +ready .*") == 1);
      platform.interrupt();
      assertThat(platform.exitCode()).isEqualTo(BY_CTRL_C);
      assertThat(platform.said()).doesNotContain("ready http");
      assertThat(Platform.workingIn(data)).isEmpty();
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(2));
  }

  private static long times(Platform platform, String line) {
    return platform.said().lines().filter(each -> each.matches(line)).count();
  }

  private static Api.Answer signUp(Api api, String name) throws IOException {
    return api.post(
        "/api/accounts",
        null,
        Map.of(
            "email", name + "@example.com", "password", "a long enough password", "name", "Kim"));
  }
}
