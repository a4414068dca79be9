package io.dislog.state;

import io.dislog.command.LogTraits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a log's life is. Immutable.
 *
 * @param usedAt when it was last read or appended to, as far as that was noted, in milliseconds
 *     since 1970; 0 where it was not
 * @param closed whether nothing is appended any more
 * @param staged whether it is a fork that is being filled, and not shown yet
 * @param retired whether its owner deleted it, while it had forks
 * @param forks names of the logs that are forks of it, and since when, in milliseconds since 1970
 */
public record LogLife(
    long usedAt, boolean closed, boolean staged, boolean retired, Map<String, Long> forks) {

  /** Of a log that was just created. */
  static final LogLife NEW = new LogLife(0, false, false, false, Map.of());

  /** A fork that is not filled after so long is given up. */
  private static final long STAGED_MILLIS = Duration.ofMinutes(10).toMillis();

  public LogLife {
    forks = Map.copyOf(forks);
  }

  /**
   * Whether the log is to be deleted.
   *
   * @param now in milliseconds since 1970
   */
  public boolean isOver(LogTraits traits, long now) {
    return traits.isExpired(usedAt, now)
        || (staged && now - usedAt > STAGED_MILLIS)
        || (retired && forks.isEmpty());
  }

  LogLife withUse(long at) {
    return new LogLife(at, closed, staged, retired, forks);
  }

  LogLife withClosed() {
    return new LogLife(usedAt, true, staged, retired, forks);
  }

  LogLife withStaged(boolean isStaged) {
    return new LogLife(usedAt, closed, isStaged, retired, forks);
  }

  LogLife withRetired() {
    return new LogLife(usedAt, closed, staged, true, forks);
  }

  LogLife withFork(String fork, long at) {
    Map<String, Long> more = new HashMap<>(forks);
    more.put(fork, at);
    return new LogLife(usedAt, closed, staged, retired, more);
  }

  LogLife withoutFork(String fork) {
    Map<String, Long> fewer = new HashMap<>(forks);
    fewer.remove(fork);
    return new LogLife(usedAt, closed, staged, retired, fewer);
  }
}
