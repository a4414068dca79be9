package io.dislog.http.access;

import io.dislog.access.Need;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts requests whose senders may not; safe for use by many threads. */
@Singleton
final class RefusalMeters {

  private final Map<Need, Counter> counters = new EnumMap<>(Need.class);

  @Inject
  RefusalMeters(MeterRegistry registry) {
    for (Need need : Need.values()) {
      counters.put(
          need,
          Counter.builder("dislog.auth.refused")
              .description("Requests refused for want of a right or an identity, by what they need")
              .tag("right", need.text())
              .register(registry));
    }
  }

  void count(Need need) {
    Objects.requireNonNull(counters.get(need)).increment();
  }
}
