package io.dislog.http.stream;

import io.dislog.api.Digits;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What live readers send back in their next request, so that a cache between them and the service
 * does not answer them from itself for ever (10.1): the number of the present interval of time or,
 * for who has come with that one already, one that lies ahead.
 *
 * @param sent what the reader came with, or null
 */
record Cursor(@Nullable Long sent) {

  private static final long EPOCH_MILLIS = Instant.parse("2024-10-09T00:00:00Z").toEpochMilli();
  private static final long INTERVAL_MILLIS = Duration.ofSeconds(20).toMillis();
  private static final long MAX_JITTER_MILLIS = Duration.ofHours(1).toMillis();

  /** Leaves room for what is added. */
  private static final long MAX = (1L << 53) - 1;

  /** Reads the parameter, or null where it is not given. */
  static Cursor of(@Nullable String text) {
    if (text == null) {
      return new Cursor(null);
    }
    OptionalLong number = Digits.parse(text);
    if (number.isEmpty() || number.getAsLong() > MAX) {
      throw ProblemException.badRequest(
          "'cursor' is not a number from 0 to %d: %s".formatted(MAX, Text.safe(text)));
    }
    return new Cursor(number.getAsLong());
  }

  /**
   * The next one.
   *
   * @param now in milliseconds since 1970
   */
  String next(long now, RandomGenerator random) {
    long interval = Math.max(0, now - EPOCH_MILLIS) / INTERVAL_MILLIS;
    Long before = sent;
    if (before == null || before < interval) {
      return Long.toString(interval);
    }
    long jitter = random.nextLong(MAX_JITTER_MILLIS) / INTERVAL_MILLIS;
    return Long.toString(before + 1 + jitter);
  }
}
