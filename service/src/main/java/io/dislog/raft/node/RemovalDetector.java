package io.dislog.raft.node;

import io.dislog.raft.base.RaftIds;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import io.dislog.raft.rpc.ConfirmedMembership;
import io.dislog.raft.rpc.RaftAdminClient;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.protocol.RaftPeer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a node that hears of no leader, in any shard, is a member still: one that was
 * away when it was taken out is told by nobody. For one thread, which it never holds up.
 *
 * <p>It believes that it is out only where that holds for every shard of which it has anything, as
 * one says each time who was a member when this node last knew, who has just had the shard's leader
 * confirmed by a majority, who has applied at least what this node has, and who is of the same
 * cluster: one that another node began anew has other entries, whatever their count. Whoever is cut
 * off from the majority does not answer.
 */
final class RemovalDetector {

  private static final System.Logger LOGGER = System.getLogger(RemovalDetector.class.getName());
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_SECONDS = 5;

  private final String self;
  private final Shards shards;
  private final RaftAdminClient admin;
  private final AgreedId id;
  private final Runnable out;
  private final AtomicBoolean asking = new AtomicBoolean();
  private long silentSince;

  /**
   * @param out is called where this node is no member any more; may block
   */
  RemovalDetector(String self, Shards shards, RaftAdminClient admin, AgreedId id, Runnable out) {
    this.self = self;
    this.shards = shards;
    this.admin = admin;
    this.id = id;
    this.out = out;
  }

  /** Looks whether it is time to ask; called each second. */
  void look() {
    if (shards.leaderless().size() < shards.count()) {
      silentSince = 0;
    } else if (silentSince == 0) {
      silentSince = System.nanoTime();
    }
    boolean due = silentSince != 0 && System.nanoTime() - silentSince > SILENCE_NANOS;
    if (due && asking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("removal-detector").start(this::ask);
    }
  }

  private void ask() {
    try {
      if (isOut()) {
        LOGGER.log(Level.WARNING, "this node was removed from its cluster while it was away");
        out.run();
      }
    } finally {
      asking.set(false);
    }
  }

  private boolean isOut() {
    Set<RaftPeer> peers = new HashSet<>();
    shards.groups().forEach(group -> peers.addAll(group.lastPeers()));
    peers.removeIf(peer -> peer.getId().equals(RaftIds.id(self)));
    admin.knows(peers);
    Set<Integer> missing = Set.copyOf(shards.missing());
    List<ShardGroup> held =
        shards.groups().stream().filter(group -> !missing.contains(group.shard())).toList();
    return !held.isEmpty() && held.stream().allMatch(group -> isOut(group, peers));
  }

  private boolean isOut(ShardGroup group, Set<RaftPeer> peers) {
    for (RaftPeer peer : peers) {
      ConfirmedMembership confirmed = confirmed(group, peer);
      if (confirmed != null) {
        return confirmed.leavesOut(
                self, ConfirmedMembership.ids(group.lastPeers()), group.applied())
            && isOfSameCluster(group, peer);
      }
    }
    return false;
  }

  private boolean isOfSameCluster(ShardGroup group, RaftPeer peer) {
    try {
      UUID theirs =
          admin
              .report(RaftIds.group(group.shard()), peer.getId())
              .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .join()
              .clusterId();
      return !id.isOther(theirs);
    } catch (CompletionException e) {
      LOGGER.log(Level.DEBUG, "{0} does not say of which cluster it is: {1}", peer, e.getMessage());
      return false;
    }
  }

  private @Nullable ConfirmedMembership confirmed(ShardGroup group, RaftPeer peer) {
    try {
      return admin
          .confirmed(RaftIds.group(group.shard()), peer.getId())
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      LOGGER.log(Level.DEBUG, "{0} does not say who is a member: {1}", peer, e.getMessage());
      return null;
    }
  }
}
