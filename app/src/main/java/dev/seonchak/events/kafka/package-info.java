/** The news on Kafka: what sends it, what reads it, and what is set aside. */
@NullMarked
package dev.seonchak.events.kafka;

import org.jspecify.annotations.NullMarked;
