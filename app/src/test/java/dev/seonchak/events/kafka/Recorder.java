package dev.seonchak.events.kafka;

import dev.seonchak.events.Subscriber;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A subscriber whose effect is a row in the database; it can be told to fail. */
final class Recorder implements Subscriber<Happened> {
  final AtomicInteger calls = new AtomicInteger();
  volatile Predicate<Happened> fails = event -> false;

  private final String name;
  private final JdbcClient jdbc;

  Recorder(String name, JdbcClient jdbc) {
    this.name = name;
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String aggregate() {
    return "things";
  }

  @Override
  public Class<Happened> event() {
    return Happened.class;
  }

  @Override
  public void on(Happened event) {
    calls.incrementAndGet();
    jdbc.sql("insert into effects (subscriber, thing, number) values (?, ?, ?)")
        .params(name, event.thing(), event.number())
        .update();
    if (fails.test(event)) {
      throw new IllegalStateException("Cannot stand number " + event.number());
    }
  }
}
