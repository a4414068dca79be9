package io.dislog.http.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What tokens are good for that were checked a short while ago: to check a signature takes longer
 * than most requests. Only sound ones are kept. Safe for use by many threads.
 */
final class TokenCache<T> {

  private static final int MOST = 2000;

  /** After which a token is checked again, for its issuer may have withdrawn the key. */
  private static final long MILLIS = Duration.ofMinutes(1).toMillis();

  private final InstantSource clock;
  private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();

  TokenCache(InstantSource clock) {
    this.clock = clock;
  }

  private record Entry<T>(T value, long until) {}

  /** What a token is good for, if that is known and holds. */
  @Nullable T value(String token) {
    Entry<T> entry = entries.get(token);
    return entry != null && clock.millis() < entry.until() ? entry.value() : null;
  }

  /**
   * Remembers a token.
   *
   * @param expiresAt in milliseconds since 1970
   */
  void add(String token, T value, long expiresAt) {
    long now = clock.millis();
    if (entries.size() >= MOST) {
      entries.values().removeIf(entry -> entry.until() <= now);
    }
    if (entries.size() >= MOST) {
      entries.clear();
    }
    entries.put(token, new Entry<>(value, Math.min(expiresAt, now + MILLIS)));
  }
}
