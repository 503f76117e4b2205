package dev.seonchak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  @TempDir Path temporary;

  @Test
  void aBrokerThatGivesUpDoesNotTakeTheProcessAlong() throws Exception {
    BlockingQueue<String> told = new ArrayBlockingQueue<>(10);
    try (EmbeddedKafka server = new EmbeddedKafka(Folders.in(temporary), 0, Map.of())) {
      server.onExit(told::add);
      server.start();
      String address = server.address();
      Content.writeKafka(server);
      assertThatThrownBy(() -> Exit.halt(1, "all disks have failed"))
          .isInstanceOf(IllegalStateException.class);
      assertThat(told.poll(60, TimeUnit.SECONDS))
          .isEqualTo("Kafka has given up with status 1: all disks have failed.");
      assertThat(server.isAlive()).isFalse();
      server.start();
      assertThat(server.address()).isEqualTo(address);
      assertThat(Content.readKafka(server)).isEqualTo("hello");
    }
  }

  @Test
  void givesUpWithoutItsDiskAndComesBackEmpty() throws Exception {
    BlockingQueue<String> told = new ArrayBlockingQueue<>(10);
    try (EmbeddedKafka server = new EmbeddedKafka(Folders.in(temporary), 0, Map.of())) {
      server.onExit(told::add);
      server.start();
      Disk.deleteTree(temporary.resolve("kafka/data"));
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
        var _ = admin.createTopics(List.of(new NewTopic("cannot-be-stored", 1, (short) 1)));
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("Kafka has given up with status 1.");
      }
      server.start();
      Content.writeKafka(server);
      assertThat(Content.readKafka(server)).isEqualTo("hello");
    }
  }
}
