package io.dislog.http.stream;

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

  /** After which a long-poll is answered without data. */
  long longPollMillis() {
    return longPollMillis;
  }

  /** After which a stream of events ends, so that its reader comes anew (10.2). */
  long eventsMillis() {
    return eventsMillis;
  }
}
