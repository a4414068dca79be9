package io.dislog.http.server;

import io.dislog.http.notation.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** Counts refused requests by their problem; safe for use by many threads. */
@Singleton
public final class ProblemMeters {

  private final Map<ProblemType, Counter> counters = new EnumMap<>(ProblemType.class);

  @Inject
  ProblemMeters(MeterRegistry registry) {
    for (ProblemType type : ProblemType.values()) {
      counters.put(
          type,
          Counter.builder("dislog.http.rejected.requests")
              .description("Requests refused, by problem")
              .tag("problem", type.slug())
              .register(registry));
    }
  }

  public void count(ProblemType type) {
    Counter counter = counters.get(type);
    if (counter != null) {
      counter.increment();
    }
  }
}
