package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {
  private static final Path BINARIES = Path.of("target/servers");

  @TempDir Path temporary;

  private ServerPlan plan() {
    return ServerPlan.all(new Folders(temporary.resolve("data folder"), BINARIES));
  }

  @Test
  void startsAndKeepsData() throws Exception {
    List<PartStarted> first = new ArrayList<>();
    List<String> addresses;
    try (EmbeddedServers servers = new EmbeddedServers(plan())) {
      servers.start(first::add);
      assertThat(first).extracting(PartStarted::part).containsExactlyInAnyOrder(Part.values());
      addresses = first.stream().map(PartStarted::address).sorted().toList();
      System.out.println(first);
      Content.write(servers);
    }
    List<PartStarted> second = new ArrayList<>();
    try (EmbeddedServers servers = new EmbeddedServers(plan())) {
      servers.start(second::add);
      System.out.println(second);
      Content.assertKept(servers);
    }
    assertThat(second.stream().map(PartStarted::address).sorted()).isEqualTo(addresses);
  }
}
