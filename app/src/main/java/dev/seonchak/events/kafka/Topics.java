package dev.seonchak.events.kafka;

import dev.seonchak.events.EventSettings;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics: one for the events of each aggregate, one for those set aside. Safe for any thread.
 */
final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);

  private final KafkaClients clients;
  private final EventSettings settings;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  Topics(KafkaClients clients, EventSettings settings) {
    this.clients = clients;
    this.settings = settings;
  }

  String of(String aggregate) {
    return settings.prefix() + "." + aggregate;
  }

  String dead(String aggregate) {
    return of(aggregate) + ".dead";
  }

  /** Makes those that do not exist yet; how often they are replicated is the broker's setting. */
  void ensure(Collection<String> topics) throws InterruptedException {
    var wanted = topics.stream().filter(topic -> !known.contains(topic)).distinct().toList();
    if (wanted.isEmpty()) {
      return;
    }
    try (var admin = clients.admin()) {
      var made =
          admin.createTopics(
              wanted.stream()
                  .map(topic ->
                      new NewTopic(topic, Optional.of(settings.partitions()), Optional.empty()))
                  .toList());
      for (var entry : made.values().entrySet()) {
        var topic = entry.getKey();
        try {
          entry.getValue().get();
          log.info("Made topic {}", topic);
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw new KafkaException("Cannot make topic " + topic, e.getCause());
          }
        }
        known.add(topic);
      }
    }
  }

  boolean exists(String topic) throws InterruptedException {
    try (var admin = clients.admin()) {
      return admin.listTopics().names().get().contains(topic);
    } catch (ExecutionException e) {
      throw new KafkaException("Cannot list topics", e.getCause());
    }
  }

  /** Looks again next time, since somebody may have deleted them. */
  void forget(Collection<String> topics) {
    known.removeAll(topics);
  }
}
