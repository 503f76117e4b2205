package dev.seonchak.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seonchak.embedded.CannotStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, and the environment behind it. */
class OptionsTest {
  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments), Map.of());
  }

  @Test
  void hasDefaults() {
    Options options = parse();
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.data()).isEqualTo(Path.of(".seonchak").toAbsolutePath());
    assertThat(options.roles().chosen()).hasSize(6);
    assertThat(options.postgres()).isNull();
  }

  @Test
  void takesValuesBehindEqualsOrAsNextArgument() {
    Options options =
        parse("--port=9000", "--kafka", "a:1,b:2", "--simulator", "--seonchak.measure=true");
    assertThat(options.port()).isEqualTo(9000);
    assertThat(options.kafka()).isEqualTo("a:1,b:2");
    assertThat(options.simulator()).isTrue();
    assertThat(options.settings()).containsExactly("--seonchak.measure=true");
  }

  @Test
  void prefersTheCommandLineToTheEnvironment() {
    Map<String, String> environment = Map.of("SEONCHAK_PORT", "1", "SEONCHAK_REDIS", "redis://r");
    Options options = Options.parse(List.of("--port", "2"), environment);
    assertThat(options.port()).isEqualTo(2);
    assertThat(options.redis()).isEqualTo("redis://r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port=x",
        "--port=65536",
        "--prot=1",
        "up",
        "--port",
        "--simulator=1",
        "--public-url=shop.example",
        "--postgres=mysql://u:secret@h/d",
        "--roles=nobody"
      })
  void refusesWhatItDoesNotUnderstand(String argument) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(CannotStart.class)
        .satisfies(e -> assertThat(e.getMessage()).endsWith(".").doesNotContain("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "'relay', shop",
    "'edge,identity,shop', relay",
    "'edge,identity,shop,notify,line', relay"
  })
  void refusesToLeaveOutAPartThatNobodyElseCouldRun(String roles, String part) {
    String sentence =
        "Without role %1$s another process must run %1$s on the same servers; give both of them --postgres, --redis and --kafka."
            .formatted(part);
    assertThatThrownBy(() -> parse("--roles=" + roles)).hasMessage(sentence);
    assertThatThrownBy(() -> parse("--roles=" + roles, "--postgres=postgres://db", "--kafka=a:1"))
        .hasMessage(sentence);
    assertThat(
            parse(
                    "--roles=" + roles,
                    "--postgres=postgres://db",
                    "--redis=redis://r",
                    "--kafka=a:1")
                .roleNames())
        .isEqualTo(roles.replace("notify,line", "line,notify"));
    assertThat(parse("--roles=edge,identity,shop,relay").redis()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "postgres://u:p%40ss@db:6432/shop, jdbc:postgresql://db:6432/shop, u, p@ss",
    "postgresql://u@db/shop?sslmode=require, jdbc:postgresql://db:5432/shop?sslmode=require, u, ''",
    "postgres://db, jdbc:postgresql://db:5432/seonchak, '', ''",
    "jdbc:postgresql://db/shop?user=u, jdbc:postgresql://db/shop?user=u, '', ''",
  })
  void readsPostgresUrls(String url, String jdbcUrl, String user, String password) {
    assertThat(PostgresAddress.parse(url)).isEqualTo(new PostgresAddress(jdbcUrl, user, password));
    assertThat(PostgresAddress.parse(url).shown()).doesNotContain("p@ss", "?");
  }
}
