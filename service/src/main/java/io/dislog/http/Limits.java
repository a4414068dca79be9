package io.dislog.http;

import io.dislog.commit.StateLimits;
import io.dislog.log.Record;
import io.dislog.shard.ProducerLimits;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the service's properties say beside the logs' defaults, each value checked. */
@Singleton
final class Limits {

  /** An array on the heap holds a body, so it can't be larger than this. */
  private static final long MOST_BODY_BYTES = 1L << 30;

  private static final long MOST_COUNT = 100_000_000;
  private static final long MOST_MILLIS = Duration.ofDays(365).toMillis();

  private final int maxBodyBytes;
  private final long maxInFlightBytes;
  private final long reserveBytes;
  private final Duration retentionInterval;
  private final ProducerLimits producers;
  private final StateLimits state;

  @Inject
  Limits(ServiceConfig config) {
    maxBodyBytes =
        (int)
            Property.size(
                "dislog.append.max-bytes",
                config.append().maxBytes(),
                Record.MAX_META_BYTES,
                MOST_BODY_BYTES);
    maxInFlightBytes =
        Property.size(
            "dislog.append.max-in-flight-bytes",
            config.append().maxInFlightBytes(),
            1,
            Long.MAX_VALUE);
    reserveBytes =
        Property.size("dislog.storage.reserve", config.storage().reserve(), 0, Long.MAX_VALUE);
    retentionInterval =
        Duration.ofMillis(
            Property.millis(
                "dislog.retention.interval", config.retention().interval(), 1, MOST_MILLIS));
    producers =
        new ProducerLimits(
            Property.millis(
                "dislog.producers.expiry", config.producers().expiry(), 1, 100 * MOST_MILLIS),
            count("dislog.producers.max-per-log", config.producers().maxPerLog()));
    state =
        new StateLimits(
            count("dislog.logs.max", config.logs().max()),
            count("dislog.consumers.max-per-log", config.consumers().maxPerLog()),
            count("dislog.segments.max-per-log", config.segments().maxPerLog()));
  }

  private static int count(String name, String text) {
    return (int) Property.number(name, text, 1, MOST_COUNT);
  }

  /** Whether retention can be told to look so often. */
  static boolean isRetentionInterval(long millis) {
    return millis >= 1 && millis <= MOST_MILLIS;
  }

  /** The largest body of any request. */
  int maxBodyBytes() {
    return maxBodyBytes;
  }

  /** What all bodies may hold together. */
  long maxInFlightBytes() {
    return maxInFlightBytes;
  }

  /** Free bytes on the disk, under which appends are refused. */
  long reserveBytes() {
    return reserveBytes;
  }

  /** How long, and how many of them, a log remembers. */
  ProducerLimits producers() {
    return producers;
  }

  /** How much else logs keep beside their records. */
  StateLimits state() {
    return state;
  }

  /** Between two looks of retention, where nobody says otherwise while the node runs. */
  Duration retentionInterval() {
    return retentionInterval;
  }
}
