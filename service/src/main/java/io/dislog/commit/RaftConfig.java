package io.dislog.commit;

import java.util.List;

/**
 * How a node takes part in replication.
 *
 * @param self this node's id
 * @param peers the first members of the cluster, in the order in which they were given; this node
 *     is among them or not
 * @param raftPort where this node listens for the others
 * @param shards that the cluster has
 */
public record RaftConfig(String self, List<Member> peers, int raftPort, int shards) {

  public RaftConfig {
    peers = List.copyOf(peers);
  }
}
