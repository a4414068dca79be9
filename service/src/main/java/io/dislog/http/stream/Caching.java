package io.dislog.http.stream;

import io.dislog.command.LogTraits;

/** For how long caches may keep what was read (10.1): not for longer than the stream is there. */
final class Caching {

  static final String NOT = "no-store";

  private static final long MAX_SECONDS = 60;
  private static final String AS_LONG_AS_USUAL =
      "public, max-age=" + MAX_SECONDS + ", stale-while-revalidate=300";

  private Caching() {}

  /**
   * The header for a part of a stream.
   *
   * @param now in milliseconds since 1970
   */
  static String of(LogTraits traits, long now) {
    Long ttl = traits.ttlMillis();
    Long expiresAt = traits.expiresAt();
    long left =
        ttl != null ? ttl / 1000 : expiresAt != null ? (expiresAt - now) / 1000 : MAX_SECONDS;
    return left >= MAX_SECONDS ? AS_LONG_AS_USUAL : "public, max-age=" + Math.max(0, left);
  }
}
