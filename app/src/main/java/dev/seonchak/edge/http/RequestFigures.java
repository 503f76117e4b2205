package dev.seonchak.edge.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * How many requests were answered, how, and in what time: one timer for each class of status. Which
 * operation it was is left to those who count their own outcomes. Thread-safe.
 */
@Component
class RequestFigures {
  private static final int CLASSES = 6;

  private final Timer[] byClass = new Timer[CLASSES];

  RequestFigures(MeterRegistry registry) {
    for (int i = 0; i < CLASSES; i++) {
      byClass[i] =
          Timer.builder("seonchak.http.requests")
              .description("Requests by class of status")
              .tag("status", i == 0 ? "other" : i + "xx")
              .register(registry);
    }
  }

  void count(int status, long nanos) {
    int kind = status / 100;
    byClass[kind > 0 && kind < CLASSES ? kind : 0].record(nanos, TimeUnit.NANOSECONDS);
  }
}
