/** The news: outbox, relay to Kafka, and consumers that apply each event once. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "runtime"})
package dev.seonchak.events;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
