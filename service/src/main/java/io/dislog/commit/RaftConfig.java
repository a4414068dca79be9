package io.dislog.commit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a node takes part in replication.
 *
 * @param self this node's id
 * @param peers the first members of the cluster, in the order in which they were given; this node
 *     is among them or not
 * @param raftPort where this node listens for the others
 * @param shards that the cluster has
 * @param mayBegin whether first members that all have nothing begin a cluster; where not, there was
 *     one, and what it had is missed
 * @param givenUp the cluster that this node begins anew by itself, from what it has, since most of
 *     that cluster's members lost their data; null where it does not
 */
public record RaftConfig(
    String self,
    List<Member> peers,
    int raftPort,
    int shards,
    boolean mayBegin,
    @Nullable UUID givenUp) {

  /** Of a node that may begin a cluster with the other first members. */
  public RaftConfig(String self, List<Member> peers, int raftPort, int shards) {
    this(self, peers, raftPort, shards, true, null);
  }

  public RaftConfig {
    peers = List.copyOf(peers);
  }
}
