package io.dislog.commit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that replicate the logs, and who leads which shard, as far as this node knows. Safe for
 * use by many threads.
 *
 * <p>A log belongs to one shard, which has one leader at a time; it alone commits commands. What
 * changes the cluster may be asked for again and again, of any node: what is already so stays so.
 */
public interface Cluster {

  /** This node's id. */
  String self();

  /** All nodes, in the order of their ids. */
  List<Member> members();

  /** How the shards are, in the order of their numbers from 0. */
  List<ShardStatus> shards();

  /** How many shards there are. */
  default int shardCount() {
    return shards().size();
  }

  /** Entries that are committed and that a replica does not show yet, by the nodes that tell. */
  Map<String, Long> lag(ShardStatus shard);

  /**
   * Whether anything was ever agreed on with this node. One that says so must not be told to begin
   * a cluster; one that doesn't may have lost its disk.
   */
  boolean formed();

  /** The number of the shard that a log belongs to, or would. */
  int shardOf(String log);

  /** Who leads a shard, as far as is known here, or null. */
  @Nullable Member leaderOf(int shard);

  /**
   * Has this node show all that was acknowledged in a shard before this call, by any node.
   *
   * @return whether it does; false where no leader said so in time
   */
  CompletionStage<Boolean> freshen(int shard, Duration patience);

  /**
   * Makes a node a member of all shards, once it has what they hold. Blocks; may be called again
   * after a failure, and goes on where that one ended.
   *
   * @param empty whether the node says that it has nothing, though it may be a member: then it is
   *     taken out first, for what it once voted is forgotten
   * @throws Rejection.NoLeader where a shard has no quorum, or the node was not reached
   */
  void add(Member member, boolean empty);

  /**
   * Takes a node out of all shards, and tells it so. Blocks; may be called again.
   *
   * @throws Rejection.NoLeader where a shard has no quorum
   */
  void remove(String node);

  /**
   * Has a node lead a shard. Blocks; may be called again.
   *
   * @throws Rejection.NoLeader where the node does not take over in time
   */
  void lead(int shard, String node);

  /** What this node's shards hold, for others to fetch. */
  SnapshotSource snapshots();

  /**
   * A shard as this node sees it.
   *
   * @param id its number
   * @param leader id of the node that leads it, or null where none is known
   * @param term of the leader's election
   * @param replicas ids of its members
   * @param committed index of the last entry known to be committed here
   * @param applied index of the last entry that this node shows
   * @param elections that this node saw since it started
   * @param fetchedBytes that this node fetched from others to catch up, or to heal logs, since it
   *     started
   * @param damagedLogs that this node can't serve whole
   * @param healedLogs that this node took over from others, since it started
   */
  record ShardStatus(
      int id,
      @Nullable String leader,
      long term,
      List<String> replicas,
      long committed,
      long applied,
      long elections,
      long fetchedBytes,
      int damagedLogs,
      long healedLogs) {}
}
