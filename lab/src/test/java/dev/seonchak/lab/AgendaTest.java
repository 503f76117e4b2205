package dev.seonchak.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.seonchak.lab.ways.Servers;
import dev.seonchak.lab.ways.Trait;
import dev.seonchak.lab.ways.Ways;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final Servers NOWHERE = new Servers("", "", "", "", "");

  @Test
  void comparesAllWaysOnTheHotItemAndTriesOursElsewhereWhenQuick() {
    Agenda agenda = agenda("--quick");

    assertThat(ways(agenda, Workloads.HOT_ITEM))
        .containsExactlyElementsOf(
            Arrays.stream(Ways.values()).filter(way -> !way.is(Trait.LINES_ONLY)).toList());
    assertThat(ways(agenda, Workloads.LINE)).containsExactly(Ways.SEONCHAK);
    assertThat(agenda.planAt(Workloads.LINE).rounds()).isEqualTo(1);
    assertThat(agenda.planAt(Workloads.PROCESSES).warmUps()).isGreaterThan(1);
  }

  @Test
  void letsAWayTakePartWhereItIsNamedAndCan() {
    Agenda agenda = agenda("--ways", "redis-lock,redis-incr");

    assertThat(ways(agenda, Workloads.LINE)).containsExactly(Ways.REDIS_LOCK, Ways.REDIS_INCR);
    assertThat(ways(agenda, Workloads.COUPONS)).containsExactly(Ways.REDIS_LOCK);
    assertThat(ways(agenda("--rounds", "1"), Workloads.LINE)).doesNotContain(Ways.REDIS_LOCK);
  }

  @Test
  void searchesConnectionsOnTheHotItem() {
    for (Contestant one : agenda().contestants(Workloads.HOT_ITEM, name -> NOWHERE)) {
      assertThat(one.connections()).isEqualTo(one.way().connections());
    }
    assertThat(agenda().contestants(Workloads.COUPONS, name -> NOWHERE))
        .noneMatch(Contestant::isSearched);
  }

  @Test
  void refusesWaysAndWorkloadsThatItDoesNotKnow() {
    assertThatThrownBy(() -> agenda("--ways", "magic"))
        .isInstanceOf(Options.WrongUse.class)
        .hasMessageContaining("seonchak, ");
    assertThatThrownBy(() -> agenda("--workloads", "rain")).isInstanceOf(Options.WrongUse.class);
  }

  private static List<Ways> ways(Agenda agenda, Workloads workload) {
    return agenda.contestants(workload, name -> NOWHERE).stream().map(Contestant::way).toList();
  }

  private static Agenda agenda(String... words) {
    return new Agenda(Options.parse(List.of(words), WorkloadsRun.OPTIONS));
  }
}
