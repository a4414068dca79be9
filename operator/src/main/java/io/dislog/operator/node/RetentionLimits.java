package io.dislog.operator.node;

import io.dislog.api.ByteSize;
import io.dislog.api.Span;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What retention lets all logs together hold on one node, as the resource says it: a limit among
 * the defaults holds for each log that has none of its own. Immutable.
 *
 * @param logs that have a limit in bytes
 * @param bytes of all those limits
 * @param unlimited a log without such a limit, or null where there is none
 * @param age that lets the unlimited log's records go; null where none does
 */
public record RetentionLimits(
    int logs, long bytes, @Nullable String unlimited, @Nullable Duration age) {

  private static final String NONE = "none";

  /** The service's own default. */
  private static final String DEFAULT_AGE = "7d";

  private static final long MINUTES_A_DAY = 24 * 60;

  /**
   * The limits of the logs that are there and of those that are to be.
   *
   * @param names of logs that are there
   * @param expired logs, which are not to be
   */
  public static RetentionLimits of(
      DislogClusterSpec spec, Collection<String> names, Set<String> expired) {
    SortedMap<String, @Nullable RetentionSpec> logs = new TreeMap<>();
    names.forEach(name -> logs.put(name, null));
    Objects.requireNonNullElse(spec.logs(), List.<LogSpec>of())
        .forEach(log -> logs.put(log.name(), log.retention()));
    logs.keySet().removeAll(expired);
    RetentionLimits limits = new RetentionLimits(0, 0, null, Duration.ZERO);
    for (var log : logs.entrySet()) {
      String bytes = said(log.getValue(), spec.retention(), RetentionLimits::maxBytes, NONE);
      String age = said(log.getValue(), spec.retention(), RetentionSpec::maxAge, DEFAULT_AGE);
      limits = limits.with(log.getKey(), bytes, age);
    }
    return limits;
  }

  private RetentionLimits with(String log, String maxBytes, String maxAge) {
    long limit = ByteSize.parse(maxBytes).orElse(-1);
    if (limit >= 0) {
      long sum = bytes > Long.MAX_VALUE - limit ? Long.MAX_VALUE : bytes + limit;
      return new RetentionLimits(logs + 1, sum, unlimited, age);
    }
    long millis = Span.parse(maxAge).orElse(-1);
    Duration own = millis < 0 ? null : Duration.ofMillis(millis);
    boolean isLonger =
        unlimited == null || (age != null && (own == null || own.compareTo(age) > 0));
    return isLonger ? new RetentionLimits(logs, bytes, log, own) : this;
  }

  /**
   * Why a volume may be full before retention acts; empty where it won't, as far as is known.
   *
   * @param full when the volume is full if it fills as it does; empty where it does not
   */
  public Optional<String> warning(Volume volume, Optional<Duration> full) {
    long capacity = volume.storage().capacityBytes();
    if (capacity > 0 && bytes > capacity) {
      return Optional.of(
          "the limits of %s allow %s, and a volume holds %s: lower retention.maxBytes or raise storage.size%s"
              .formatted(
                  logs == 1 ? "one log" : logs + " logs together",
                  ByteSize.readable(bytes),
                  ByteSize.readable(capacity),
                  full.map(after -> "; at today's rate it is full in " + text(after)).orElse("")));
    }
    boolean isLate = full.isPresent() && (age == null || full.get().compareTo(age) < 0);
    return unlimited != null && isLate
        ? Optional.of(
            "at today's rate a volume is full in %s, and no limit of log %s acts before: set its retention.maxBytes, lower retention.maxAge or raise storage.size"
                .formatted(text(full.get()), unlimited))
        : Optional.empty();
  }

  /** In a unit that leaves few digits, so that it does not change each time that somebody looks. */
  private static String text(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes >= 2 * MINUTES_A_DAY) {
      return minutes / MINUTES_A_DAY + " days";
    }
    return minutes >= 120 ? minutes / 60 + " hours" : Math.max(10, minutes / 10 * 10) + " minutes";
  }

  private static String said(
      @Nullable RetentionSpec own,
      @Nullable RetentionSpec defaults,
      Function<RetentionSpec, @Nullable String> member,
      String otherwise) {
    return Optional.ofNullable(own)
        .map(member)
        .or(() -> Optional.ofNullable(defaults).map(member))
        .orElse(otherwise);
  }

  private static @Nullable String maxBytes(RetentionSpec retention) {
    return retention.maxBytes() == null ? null : retention.maxBytes().getValue().toString();
  }
}
