package dev.seonchak.allocation;

import dev.seonchak.engine.EngineSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of allocating on this node, as {@code seonchak.allocation.*}.
 *
 * @param writers threads that write, each with a connection of its own
 * @param inboxMax requests that wait for one writer before it refuses more
 * @param batchMax requests decided in one transaction
 * @param answerWithin how long a caller waits before it is told to ask again
 * @param silenceMax how long PostgreSQL may be silent before a writer's connection counts as broken
 */
@ConfigurationProperties("seonchak.allocation")
public record AllocationSettings(
    @DefaultValue("1") int writers,
    @DefaultValue("20000") int inboxMax,
    @DefaultValue("1000") int batchMax,
    @DefaultValue("8s") Duration answerWithin,
    @DefaultValue("15s") Duration silenceMax) {

  EngineSettings engine() {
    EngineSettings defaults = EngineSettings.DEFAULT;
    return new EngineSettings(
        writers,
        inboxMax,
        batchMax,
        defaults.aheadMin(),
        answerWithin,
        defaults.retries(),
        defaults.watch(),
        defaults.limits());
  }
}
