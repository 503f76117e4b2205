package dev.seonchak.events;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of the news, set below {@code seonchak.events}.
 *
 * @param prefix what the names of topics and consumer groups begin with
 * @param partitions of a topic that does not exist yet; events of one aggregate share one
 * @param handlersMax events that a process handles at once, each on a connection of the pool
 * @param attemptsMax how often a subscriber is tried before its event is set aside
 * @param retryMillisMin the pause before the second attempt; it doubles from one to the next
 * @param retryMillisMax the longest pause between two attempts, also while a server is away
 * @param republishSeconds how long a row may stay unsent before it is sent past the log
 * @param standbyMillis how often a relay in waiting looks whether the active one has gone
 * @param daysAhead partitions of the outbox that are made before they are needed
 * @param daysKept how long the outbox keeps what is sent
 * @param inboxDays how long it is remembered which events were handled
 */
@ConfigurationProperties("seonchak.events")
public record EventSettings(
    @DefaultValue("seonchak") String prefix,
    @DefaultValue("4") int partitions,
    @DefaultValue("4") int handlersMax,
    @DefaultValue("8") int attemptsMax,
    @DefaultValue("200") int retryMillisMin,
    @DefaultValue("10000") int retryMillisMax,
    @DefaultValue("60") int republishSeconds,
    @DefaultValue("1000") int standbyMillis,
    @DefaultValue("3") int daysAhead,
    @DefaultValue("7") int daysKept,
    @DefaultValue("30") int inboxDays) {}
