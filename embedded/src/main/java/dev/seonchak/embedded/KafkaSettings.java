package dev.seonchak.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the broker is told: one node, one replica, small in memory and threads, quick to restart.
 */
final class KafkaSettings {
  static final int NODE = 1;

  private static final String OURS =
      """
      process.roles = broker,controller
      controller.listener.names = CONTROLLER
      listener.security.protocol.map = PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
      auto.create.topics.enable = false

      default.replication.factor = 1
      min.insync.replicas = 1
      offsets.topic.replication.factor = 1
      offsets.topic.num.partitions = 4
      transaction.state.log.replication.factor = 1
      transaction.state.log.min.isr = 1
      transaction.state.log.num.partitions = 2
      share.coordinator.state.topic.replication.factor = 1
      share.coordinator.state.topic.min.isr = 1
      share.coordinator.state.topic.num.partitions = 1

      num.network.threads = 1
      num.io.threads = 2
      background.threads = 2
      num.recovery.threads.per.data.dir = 2
      num.replica.alter.log.dirs.threads = 1
      log.cleaner.threads = 1
      group.coordinator.threads = 1
      share.coordinator.threads = 1
      queued.max.requests = 64
      # 2 MiB: the default takes 128 MiB of heap before the first record has come.
      log.cleaner.dedupe.buffer.size = 2097152
      log.cleaner.io.buffer.size = 131072
      socket.send.buffer.bytes = 65536
      socket.receive.buffer.bytes = 65536
      # 16 MiB, 128 MiB and 1 MiB.
      socket.request.max.bytes = 16777216
      log.segment.bytes = 134217728
      log.index.size.max.bytes = 1048576

      controlled.shutdown.enable = true
      broker.session.timeout.ms = 3000
      broker.heartbeat.interval.ms = 500
      # Signs of life for other controllers, each with an fsync; there are none.
      metadata.max.idle.interval.ms = 0
      initial.broker.registration.timeout.ms = 60000
      group.initial.rebalance.delay.ms = 0
      # A consumer that was killed hands over its partitions this soon.
      group.consumer.min.session.timeout.ms = 3000
      group.consumer.session.timeout.ms = 6000
      group.consumer.min.heartbeat.interval.ms = 500
      group.consumer.heartbeat.interval.ms = 1000
      """;

  private KafkaSettings() {}

  static Map<String, String> with(
      int port, int controllerPort, Path logs, Map<String, String> extra) {
    String broker = "PLAINTEXT://127.0.0.1:" + port;
    String controller = "127.0.0.1:" + controllerPort;
    Map<String, String> settings = Settings.of(OURS);
    settings.put("node.id", Integer.toString(NODE));
    settings.put("listeners", broker + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", broker);
    settings.put("controller.quorum.voters", NODE + "@" + controller);
    settings.put("log.dirs", logs.toString());
    settings.putAll(extra);
    return settings;
  }
}
