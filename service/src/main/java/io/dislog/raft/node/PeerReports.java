package io.dislog.raft.node;

import io.dislog.commit.StorageWatch;
import io.dislog.commit.Volumes;
import io.dislog.raft.base.RaftIds;
import io.dislog.raft.group.ClusterDiskPressure;
import io.dislog.raft.group.ShardGroup;
import io.dislog.raft.group.Shards;
import io.dislog.raft.rpc.PeerReport;
import io.dislog.raft.rpc.RaftAdminClient;
import io.dislog.shard.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;

/**
 * Asks the other members of themselves: how full their volumes are, what they show, and which
 * cluster they are of. One thread looks, any may ask; never blocks.
 */
final class PeerReports implements Volumes {

  /** Looks between two questions, unless a volume is nearly full; there are five a second. */
  private static final int EVERY = 5;

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final String self;
  private final Shards shards;
  private final RaftAdminClient admin;
  private final StorageWatch own;
  private final ClusterDiskPressure clusterPressure;
  private final AgreedId id;
  private final Laggards laggards = new Laggards();
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private int looks;

  PeerReports(
      String self,
      Shards shards,
      RaftAdminClient admin,
      StorageWatch own,
      ClusterDiskPressure clusterPressure,
      AgreedId id) {
    this.self = self;
    this.shards = shards;
    this.admin = admin;
    this.own = own;
    this.clusterPressure = clusterPressure;
    this.id = id;
  }

  @Override
  public void look() {
    own.look();
    boolean isClose = all().stream().anyMatch(Storage::isWatched) || own.isFillingUp();
    boolean isDue = looks++ % EVERY == 0;
    if (isDue || isClose) {
      List<RaftPeer> members = members();
      members.forEach(this::ask);
      if (isDue) {
        look(members.stream().map(peer -> peer.getId().toString()).toList());
      }
    }
  }

  private void look(List<String> members) {
    Map<String, PeerReport> fresh = fresh();
    id.look(self, members, fresh, shards.formed());
    laggards.look(newest(fresh));
  }

  /** Of the first shard that has any. */
  private List<RaftPeer> members() {
    return shards.groups().stream()
        .map(ShardGroup::lastPeers)
        .filter(peers -> !peers.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private void ask(RaftPeer peer) {
    String node = peer.getId().toString();
    if (node.equals(self) || !asked.add(node)) {
      return;
    }
    long taken = clusterPressure.taken();
    admin.knows(List.of(peer));
    for (ShardGroup group : shards.groups()) {
      if (group.lastPeers().contains(peer)) {
        var _ =
            admin
                .report(RaftIds.group(group.shard()), peer.getId())
                .whenComplete((report, failure) -> {
                  asked.remove(node);
                  if (failure == null) {
                    heard.put(node, new Heard(report, System.nanoTime()));
                    clusterPressure.hear(node, report.storage(), taken);
                  }
                });
        return;
      }
    }
    asked.remove(node);
  }

  /**
   * Whether a node takes part in a shard's group. Blocks.
   *
   * @throws IOException where it does in another cluster's: it may have been a member of this one,
   *     before another node began anew without it; and as long as this node begins anew
   */
  boolean takesPart(RaftPeer peer, RaftGroupId group) throws IOException {
    if (id.isRenewed()) {
      throw new IOException("this node begins the cluster anew");
    }
    if (!admin.groups(peer.getId()).contains(group)) {
      return false;
    }
    UUID theirs =
        admin
            .report(group, peer.getId())
            .thenApply(report -> Optional.ofNullable(report.clusterId()))
            .completeOnTimeout(Optional.empty(), 1, TimeUnit.SECONDS)
            .exceptionally(_ -> Optional.empty()) // It is of an earlier version, or just begins.
            .join()
            .orElse(null);
    if (id.isOther(theirs)) {
      throw new IOException("node %s has data of cluster %s".formatted(peer.getId(), theirs));
    }
    return true;
  }

  /** What this node tells the others. */
  ByteBuffer ownReport() {
    return new PeerReport(own.storage(), id.value(), applied()).encode();
  }

  @Override
  public List<Storage> all() {
    List<Storage> all = new ArrayList<>(clusterPressure.others());
    all.add(own.storage());
    return all;
  }

  /** Entries of a shard that are committed and that a replica does not show, by nodes that tell. */
  Map<String, Long> lag(int shard, long committed) {
    Map<String, Long> lag = new HashMap<>();
    Map<String, PeerReport> fresh = fresh();
    long newest = Math.max(committed, newest(fresh).get(shard));
    fresh.forEach((node, report) -> {
      if (shard < report.applied().size()) {
        lag.put(node, Math.max(0, newest - report.applied().get(shard)));
      }
    });
    lag.put(self, Math.max(0, newest - shards.group(shard).applied()));
    return lag;
  }

  /** The shards of which this node does not show what others showed seconds ago. */
  List<Integer> behind() {
    return laggards.behind(applied());
  }

  private List<Long> applied() {
    return shards.groups().stream().map(ShardGroup::applied).toList();
  }

  /** The last entry that anybody shows, of each shard. */
  private List<Long> newest(Map<String, PeerReport> reports) {
    List<Long> newest = new ArrayList<>(applied());
    for (PeerReport report : reports.values()) {
      for (int shard = 0; shard < Math.min(newest.size(), report.applied().size()); shard++) {
        newest.set(shard, Math.max(newest.get(shard), report.applied().get(shard)));
      }
    }
    return newest;
  }

  private Map<String, PeerReport> fresh() {
    long now = System.nanoTime();
    return heard.entrySet().stream()
        .filter(each -> now - each.getValue().at() < FRESH_NANOS)
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().report()));
  }

  private record Heard(PeerReport report, long at) {}
}
