package dev.seonchak.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the broker is told: one node, one replica, small in memory and threads, quick to restart.
 */
final class KafkaSettings {
  static final int NODE = 1;

  private KafkaSettings() {}

  static Map<String, String> with(
      int port, int controllerPort, Path logs, Map<String, String> extra) {
    Map<String, String> settings = new LinkedHashMap<>();
    reach(settings, port, controllerPort);
    settings.put("log.dirs", logs.toString());
    settings.put("auto.create.topics.enable", "false");
    replicas(settings);
    size(settings);
    restarts(settings);
    settings.putAll(extra);
    return settings;
  }

  private static void reach(Map<String, String> settings, int port, int controllerPort) {
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
  }

  private static void replicas(Map<String, String> settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "2");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("default.replication.factor", "1");
  }

  private static void size(Map<String, String> settings) {
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "2");
    settings.put("num.replica.alter.log.dirs.threads", "1");
    settings.put("log.cleaner.threads", "1");
    settings.put("group.coordinator.threads", "1");
    settings.put("share.coordinator.threads", "1");
    settings.put("queued.max.requests", "64");
    // The default takes 128 MiB of heap before the first record has come.
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    settings.put("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
    settings.put("socket.send.buffer.bytes", Integer.toString(64 << 10));
    settings.put("socket.receive.buffer.bytes", Integer.toString(64 << 10));
    settings.put("socket.request.max.bytes", Integer.toString(16 << 20));
    settings.put("log.segment.bytes", Integer.toString(128 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
  }

  private static void restarts(Map<String, String> settings) {
    settings.put("controlled.shutdown.enable", "true");
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    // Signs of life for other controllers, each with an fsync; there are none.
    settings.put("metadata.max.idle.interval.ms", "0");
    settings.put("initial.broker.registration.timeout.ms", "60000");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // A consumer that was killed hands over its partitions this soon.
    settings.put("group.consumer.min.session.timeout.ms", "3000");
    settings.put("group.consumer.session.timeout.ms", "6000");
    settings.put("group.consumer.min.heartbeat.interval.ms", "500");
    settings.put("group.consumer.heartbeat.interval.ms", "1000");
  }
}
