package dev.seonchak.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seonchak.Seonchak;
import dev.seonchak.embedded.CannotStart;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Which modules a process starts for which roles. */
class RolesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all                              | orders.http.Orders, pages.Home, identity.Keys, lines.Line",
        "edge,identity,shop               | orders.http.Orders, pages.Home, identity.Keys, edge.http.Callers",
        "relay                            | orders.Order, payments.Payment, events.kafka.Relay, runtime.Base, Seonchak",
        "edge,identity,shop,notify,line   | chat.Message, lobby.Ticket",
      })
  void startsModulesOfItsRoles(String names, String started) {
    Roles roles = Roles.parse(names);
    for (String name : started.split(", ", -1)) {
      assertThat(roles.starts(name)).as(name).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relay              | orders.http.Orders, pages.Home, identity.Keys, edge.http.Callers",
        "edge,identity,shop | lines.Line, chat.Message",
      })
  void leavesOutOtherModules(String names, String left) {
    Roles roles = Roles.parse(names);
    for (String name : left.split(", ", -1)) {
      assertThat(roles.starts(name)).as(name).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "edge,shop", "identity", "shop,relay", "notify"})
  void refusesRolesThatCannotRunAloneYet(String names) {
    assertThatThrownBy(() -> Roles.parse(names))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("cannot run without");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "shoop", "EDGE", "edge,,shop"})
  void refusesUnknownRoles(String names) {
    assertThatThrownBy(() -> Roles.parse(names))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("There is no role");
  }

  @Test
  void knowsEveryModuleThatExists() {
    Set<String> named = new TreeSet<>(List.of("shared", "runtime", "events"));
    for (Role role : Role.values()) {
      named.addAll(role.served());
      named.addAll(role.used());
    }
    assertThat(named).containsAll(modules());
  }

  @Test
  void printsTheTable() {
    String table = new Roles(Set.of(Role.RELAY)).table();
    System.out.print(table);
    assertThat(table.lines()).hasSize(Role.values().length);
    assertThat(table).contains("relay     allocation, drops, orders, payments");
  }

  @Test
  void keepsTheScanAwayFromWhatIsNotStarted() {
    assertThat(scanned("relay")).doesNotContain("edge", "identity", "pages").contains("runtime");
    assertThat(scanned("all")).contains("edge", "identity", "runtime");
  }

  private static Set<String> scanned(String roles) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource("test", java.util.Map.of(Roles.SETTING, roles)));
    NotInRole filter = new NotInRole();
    filter.setEnvironment(environment);
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(true, environment);
    scan.addExcludeFilter(filter);
    return scan.findCandidateComponents("dev.seonchak").stream()
        .map(bean -> String.valueOf(bean.getBeanClassName()).split("\\.", -1)[2])
        .collect(Collectors.toSet());
  }

  private static Set<String> modules() {
    return java.util.Arrays.stream(
            java.util.Objects.requireNonNull(
                new java.io.File(
                        Seonchak.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath(),
                        "dev/seonchak")
                    .listFiles(java.io.File::isDirectory)))
        .map(java.io.File::getName)
        .collect(Collectors.toSet());
  }
}
