package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.command.ForkPoint;
import io.dislog.command.Rejection;
import io.dislog.shard.LogView;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has sources of forks forget those that are gone, so that the name of a source that was deleted
 * becomes free. For one thread.
 *
 * <p>A fork may be noted before it is created: one that was never seen is forgotten after some
 * seconds.
 */
final class ForkWatch {

  private static final long UNSEEN_MILLIS = Duration.ofSeconds(5).toMillis();

  /** A source that was deleted gets no further forks, so that few are about to be created. */
  private static final long UNSEEN_OF_RETIRED_MILLIS = Duration.ofSeconds(2).toMillis();

  private final Set<List<String>> seen = new HashSet<>();

  /** Looks at a log that has forks. */
  void look(Commit commit, LogView source) {
    long unseen = source.life().retired() ? UNSEEN_OF_RETIRED_MILLIS : UNSEEN_MILLIS;
    for (Map.Entry<String, Long> fork : source.life().forks().entrySet()) {
      List<String> key = List.of(source.name(), source.id(), fork.getKey());
      if (isThere(commit, source, fork.getKey())) {
        seen.add(key);
      } else if (seen.remove(key) || System.currentTimeMillis() - fork.getValue() > unseen) {
        var _ = commit.submit(source, new Command.Unfork(fork.getKey()));
      }
    }
  }

  private static boolean isThere(Commit commit, LogView source, String fork) {
    try {
      ForkPoint point = commit.log(fork).traits().fork();
      return point != null
          && point.source().equals(source.name())
          && point.sourceId().equals(source.id());
    } catch (Rejection.UnknownLog e) {
      return false;
    } catch (Rejection e) {
      return true; // It is not known now.
    }
  }
}
