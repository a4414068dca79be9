package io.dislog.state;

import io.dislog.command.LogTraits;
import java.time.Duration;
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
}
