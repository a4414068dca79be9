package io.dislog.raft.node;

import io.dislog.raft.base.AgreedClock;
import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import io.dislog.raft.rpc.RaftAdminClient;
import java.util.List;
import org.apache.ratis.protocol.RaftPeer;

/**
 * Asks the members what their clocks say, and which entries they read. For one thread, which it
 * never holds up.
 */
final class Clocks {

  /** Looks between two questions, once a majority was heard of. */
  private static final int EVERY = 10;

  private final String self;
  private final Shards shards;
  private final RaftAdminClient admin;
  private final AgreedClock clock;
  private final EntryVersion version;
  private int looks;

  Clocks(
      String self, Shards shards, RaftAdminClient admin, AgreedClock clock, EntryVersion version) {
    this.version = version;
    this.self = self;
    this.shards = shards;
    this.admin = admin;
    this.clock = clock;
  }

  /** Asks, where it is time to; called each second. */
  void look() {
    clock.hear(self, System.currentTimeMillis());
    if (looks++ % EVERY == 0 || !clock.isAgreed() || !version.isNewest()) {
      shards.groups().stream()
          .filter(group -> !group.lastPeers().isEmpty())
          .findFirst()
          .ifPresent(this::ask);
    }
  }

  private void ask(ShardGroup group) {
    List<RaftPeer> peers = group.lastPeers();
    clock.members(peers.size());
    version.members(peers.stream().map(peer -> peer.getId().toString()).toList());
    admin.knows(peers);
    for (RaftPeer peer : peers) {
      String node = peer.getId().toString();
      if (!node.equals(self)) {
        var _ =
            admin
                .clock(RaftIds.group(group.shard()), peer.getId())
                .thenAccept(told -> {
                  clock.hear(node, told.millis());
                  version.hear(node, told.entries());
                });
      }
    }
  }
}
