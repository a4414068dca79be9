package io.dislog.http.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Counts the requests that another node leads, by what became of them here. Safe for use by many
 * threads.
 */
@Singleton
public final class ForwardMeters {

  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

  @Inject
  ForwardMeters(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          Counter.builder("dislog.http.forwarded.requests")
              .description("Requests that were for another node to answer, by what became of them")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .register(registry));
    }
  }

  void count(Outcome outcome) {
    Objects.requireNonNull(counters.get(outcome)).increment();
  }

  /** What becomes of a request that this node can't answer itself. */
  enum Outcome {
    /** The leader's answer was relayed. */
    ANSWERED,
    /** No leader took it in time: it was not carried out. */
    NO_LEADER,
    /** The leader went away before it answered. */
    UNKNOWN,
    /** Its client went away first. */
    GONE,
    /** Another node took this one for the leader. */
    NOT_LEADER
  }
}
