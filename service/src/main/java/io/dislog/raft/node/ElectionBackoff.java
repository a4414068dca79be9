package io.dislog.raft.node;

import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import io.dislog.raft.rpc.RaftSettings;
import io.dislog.raft.vote.ElectionTimeouts;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.util.TimeDuration;

/**
 * Spreads a node's elections over more time while they bring no leader. For one thread.
 *
 * <p>A candidate whose round times out asks all others again at once, for each shard. Where many
 * nodes share few processors, or have just started, the answers take longer than a round, and the
 * questions alone keep it so: no shard ever gets a leader. So the longest timeout doubles each time
 * that some rounds came to nothing, up to a limit; the shortest one stays, so that somebody may
 * still be the first. It becomes shorter again once all shards have a leader.
 */
final class ElectionBackoff {

  /** Rounds of the longest timeout that may come to nothing before that becomes longer. */
  private static final int ROUNDS = 4;

  private static final int MAX_DOUBLINGS = 3;

  private final RaftProperties properties;
  private final LongSupplier nanoTime;
  private long sinceNanos;
  private volatile int doublings;

  /**
   * @param properties of the server, which reads those of a division's first election each time
   */
  ElectionBackoff(RaftProperties properties, LongSupplier nanoTime) {
    this.properties = properties;
    this.nanoTime = nanoTime;
    sinceNanos = nanoTime.getAsLong();
  }

  /** Has those shards of a node heed this that have no leader; to be called about once a second. */
  void look(Shards shards) {
    shards.groups().forEach(this::bring);
    look(shards.groups().stream().anyMatch(ElectionBackoff::isLeaderMissing));
  }

  private void bring(ShardGroup group) {
    RaftServer.Division division = group.division();
    if (division != null) {
      ElectionTimeouts.bring(
          division, () -> group.leader() == null ? maxMillis() : RaftSettings.ELECTION_MAX_MILLIS);
    }
  }

  /** A group that is not open elects nobody. */
  private static boolean isLeaderMissing(ShardGroup group) {
    return group.division() != null && group.leader() == null;
  }

  /** To be called about once a second, also while this node takes no part. */
  void look(boolean isLeaderMissing) {
    long now = nanoTime.getAsLong();
    if (!isLeaderMissing) {
      sinceNanos = now;
      set(Math.max(0, doublings - 1));
    } else if (doublings < MAX_DOUBLINGS
        && now - sinceNanos >= TimeUnit.MILLISECONDS.toNanos((long) ROUNDS * maxMillis())) {
      sinceNanos = now;
      set(doublings + 1);
    }
  }

  /** The longest timeout of an election, but of a division's first one, of which it is half. */
  int maxMillis() {
    return RaftSettings.ELECTION_MAX_MILLIS << doublings;
  }

  private void set(int wanted) {
    if (wanted != doublings) {
      doublings = wanted;
      Rpc.setFirstElectionTimeoutMax(
          properties, TimeDuration.valueOf(maxMillis() / 2, TimeUnit.MILLISECONDS));
    }
  }
}
