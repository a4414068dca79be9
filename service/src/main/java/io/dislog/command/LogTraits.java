package io.dislog.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a log is from its creation on, and can't be changed. Immutable.
 *
 * @param contentType media type of each record that has none of its own, or null
 * @param ttlMillis the log goes when nothing was read or appended for so long, in milliseconds from
 *     0; null where it does not
 * @param expiresAt the log goes then, in milliseconds since 1970; null where it does not
 * @param path of the stream that the log was made as, or null
 * @param fork where the log leaves the one that it is a fork of, or null
 */
public record LogTraits(
    @Nullable String contentType,
    @Nullable Long ttlMillis,
    @Nullable Long expiresAt,
    @Nullable String path,
    @Nullable ForkPoint fork) {

  /** Of a log that has none of them. */
  public static final LogTraits NONE = new LogTraits(null, null, null, null);

  /** So many uses of a log are noted while its time to live passes once. */
  private static final long USES_PER_TTL = 64;

  public LogTraits {
    if (ttlMillis != null && expiresAt != null) {
      throw new IllegalArgumentException("a log has a time to live or a time at which it expires");
    }
  }

  /** Of a log that is no fork. */
  public LogTraits(
      @Nullable String contentType,
      @Nullable Long ttlMillis,
      @Nullable Long expiresAt,
      @Nullable String path) {
    this(contentType, ttlMillis, expiresAt, path, null);
  }

  /** These, of a fork that leaves its source there. */
  public LogTraits forkedAt(ForkPoint point) {
    return new LogTraits(contentType, ttlMillis, expiresAt, path, point);
  }

  /**
   * Whether a log that has others is as one that is asked for with these: its path is not compared,
   * and that it is a fork only where one is asked for.
   */
  public boolean agreesWith(LogTraits others) {
    return Objects.equals(contentType, others.contentType)
        && Objects.equals(ttlMillis, others.ttlMillis)
        && Objects.equals(expiresAt, others.expiresAt)
        && (fork == null || fork.equals(others.fork));
  }

  /**
   * Whether a use of the log is to be noted: one that follows the last one closely is not.
   *
   * @param usedAt the last one that was noted, in milliseconds since 1970
   * @param now likewise
   */
  public boolean isUseDue(long usedAt, long now) {
    return ttlMillis != null && now - usedAt >= slackMillis(ttlMillis);
  }

  /**
   * Whether the log's time has passed.
   *
   * @param usedAt when it was last read or appended to, as far as that was noted, in milliseconds
   *     since 1970
   * @param now likewise
   */
  public boolean isExpired(long usedAt, long now) {
    if (expiresAt != null) {
      return now >= expiresAt;
    }
    return ttlMillis != null && now - usedAt > ttlMillis + slackMillis(ttlMillis);
  }

  /** A use may be so much later than the last one that was noted. */
  private static long slackMillis(long ttl) {
    return ttl / USES_PER_TTL;
  }
}
