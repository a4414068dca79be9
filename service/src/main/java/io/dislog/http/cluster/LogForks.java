package io.dislog.http.cluster;

import static io.dislog.http.server.LogLookup.await;

import io.dislog.command.Command.Fork;
import io.dislog.command.Command.Unfork;
import io.dislog.command.Creation;
import io.dislog.command.ForkPoint;
import io.dislog.command.Rejection;
import io.dislog.commit.Commit;
import io.dislog.http.server.Service;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes logs that are forks of others: they begin with another one's records. For virtual threads,
 * on the node that leads the fork's shard.
 *
 * <ol>
 *   <li>The source notes the fork's name, wherever the source is led: as long as the fork is there,
 *       the source's name is not free.
 *   <li>In the same shard, the fork is created with the source's files. In another one it is
 *       created hidden, filled with the source's records by this node, and then shown.
 * </ol>
 *
 * <p>What is broken off in between leaves a hidden log, which goes after ten minutes, and a note,
 * which the source's leader takes back.
 */
@Singleton
public final class LogForks {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Service service;
  private final LeaderCalls leaders;

  @Inject
  LogForks(Service service, LeaderCalls leaders) {
    this.service = service;
    this.leaders = leaders;
  }

  /**
   * The log that is to be forked, with all that was acknowledged before this call.
   *
   * @throws Rejection.UnknownLog where there is none
   * @throws Rejection.LogRetired where it was deleted
   * @throws Rejection.NoLeader where nobody says in time what is committed
   */
  public LogView source(String name) {
    boolean fresh =
        service
            .cluster()
            .map(cluster -> await(cluster.freshen(cluster.shardOf(name), PATIENCE)))
            .orElse(true);
    if (!fresh) {
      throw new Rejection.NoLeader(
          "no leader confirmed in time what '%s' has".formatted(name), true);
    }
    return service.commit().log(name);
  }

  /**
   * Creates a fork, or finds it.
   *
   * @param creation how it is to be; its traits say where it leaves its source
   * @return whether it was created
   * @throws Rejection.LogConfigDiffers where there is a log of that name that is not so
   */
  public boolean create(LogView source, String name, Creation creation) {
    Commit commit = service.commit();
    if (isThere(name) && !commit.held(name).life().staged()) {
      return await(commit.create(name, creation));
    }
    await(leaders.submit(source.name(), source.id(), new Fork(name)));
    return await(commit.fork(source, name, creation));
  }

  /**
   * Deletes a log; the source of a fork is told that it is gone.
   *
   * @throws Rejection.LogRetired where it was deleted before, and still has forks
   */
  public void delete(String name) {
    ForkPoint point = point(name);
    await(service.commit().delete(name));
    if (point != null && !isThere(name)) {
      // Where this does not come through, the source's leader finds out by itself.
      var _ = leaders.submit(point.source(), point.sourceId(), new Unfork(name));
    }
  }

  /** Where a fork leaves a source, shown or not; null where it is no fork of that. */
  public @Nullable ForkPoint point(String name, String source) {
    ForkPoint point = point(name);
    return point != null && point.source().equals(source) ? point : null;
  }

  private @Nullable ForkPoint point(String name) {
    try {
      return service.commit().held(name).traits().fork();
    } catch (Rejection e) {
      return null;
    }
  }

  /** Whether the name is taken, by a log that is shown or not. */
  private boolean isThere(String name) {
    try {
      return service.commit().held(name).name().equals(name);
    } catch (Rejection.UnknownLog e) {
      return false;
    }
  }
}
