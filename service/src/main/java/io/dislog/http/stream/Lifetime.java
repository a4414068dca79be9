package io.dislog.http.stream;

import io.dislog.api.Digits;
import io.dislog.command.LogTraits;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.Text;
import io.dislog.http.notation.Time;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a stream is there, as headers say it: until nobody has used it for a while, or until a
 * time. Immutable.
 *
 * @param ttlMillis the while, in milliseconds, or null
 * @param expiresAt the time, in milliseconds since 1970, or null
 */
record Lifetime(@Nullable Long ttlMillis, @Nullable Long expiresAt) {

  private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]*");
  private static final long MAX_SECONDS = Duration.ofDays(1_000_000).toSeconds();

  /**
   * Reads a request's headers.
   *
   * @param now in milliseconds since 1970
   * @throws ProblemException where they can't be
   */
  static Lifetime of(Exchange exchange, long now) {
    String ttl = exchange.header(StreamHeader.TTL);
    String expiresAt = exchange.header(StreamHeader.EXPIRES_AT);
    if (ttl != null && expiresAt != null) {
      throw ProblemException.badRequest("Stream-TTL and Stream-Expires-At don't go together");
    }
    return new Lifetime(
        ttl == null ? null : millis(ttl), expiresAt == null ? null : time(expiresAt, now));
  }

  /** That of a log. */
  static Lifetime of(LogTraits traits) {
    return new Lifetime(traits.ttlMillis(), traits.expiresAt());
  }

  /** Whether a stream is there until it is deleted. */
  boolean isNone() {
    return ttlMillis == null && expiresAt == null;
  }

  /** Says it in the answer about a log. */
  static void tell(LogTraits traits, Exchange exchange) {
    if (traits.ttlMillis() != null) {
      exchange.with(StreamHeader.TTL, Long.toString(traits.ttlMillis() / 1000));
    }
    if (traits.expiresAt() != null) {
      exchange.with(StreamHeader.EXPIRES_AT, Time.print(traits.expiresAt()));
    }
  }

  private static long millis(String text) {
    OptionalLong seconds =
        SECONDS.matcher(text).matches() ? Digits.parse(text) : OptionalLong.empty();
    if (seconds.isEmpty() || seconds.getAsLong() > MAX_SECONDS) {
      throw ProblemException.badRequest(
          "Stream-TTL is not a number of seconds from 0 to %d, without leading zeros: %s"
              .formatted(MAX_SECONDS, Text.safe(text)));
    }
    return seconds.getAsLong() * 1000;
  }

  private static long time(String text, long now) {
    OptionalLong time = Time.parseRfc3339(text);
    if (time.isEmpty()) {
      throw ProblemException.badRequest(
          "Stream-Expires-At is not a time such as 2026-11-22T12:14:05Z: " + Text.safe(text));
    }
    if (time.getAsLong() <= now) {
      throw ProblemException.badRequest("Stream-Expires-At has passed: " + Text.safe(text));
    }
    return time.getAsLong();
  }
}
