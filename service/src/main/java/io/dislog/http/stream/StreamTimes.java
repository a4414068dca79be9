package io.dislog.http.stream;

import io.dislog.command.LogTraits;
import io.dislog.http.config.Property;
import io.dislog.http.config.ServiceConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How long live reads are kept, as the service's properties say. */
@Singleton
final class StreamTimes {

  private static final long MOST_MILLIS = Duration.ofHours(1).toMillis();

  private final long longPollMillis;
  private final long eventsMillis;

  @Inject
  StreamTimes(ServiceConfig config) {
    longPollMillis =
        Property.millis(
            "dislog.stream.long-poll-timeout", config.stream().longPollTimeout(), 1, MOST_MILLIS);
    eventsMillis =
        Property.millis(
            "dislog.stream.sse-lifetime", config.stream().sseLifetime(), 1, MOST_MILLIS);
  }

  /** After which a long-poll of a stream is answered without data. */
  long longPollMillis(LogTraits stream) {
    return within(longPollMillis, stream);
  }

  /** After which a stream's events end, so that their reader comes anew (10.2). */
  long eventsMillis(LogTraits stream) {
    return within(eventsMillis, stream);
  }

  /**
   * A reader that waits keeps a stream from going: it comes again before the stream's time is up.
   */
  private static long within(long millis, LogTraits stream) {
    Long ttl = stream.ttlMillis();
    return ttl == null ? millis : Math.clamp(ttl / 2, 1, millis);
  }
}
