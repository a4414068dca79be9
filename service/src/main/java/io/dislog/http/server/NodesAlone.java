package io.dislog.http.server;

import io.dislog.access.node.NodeProof;
import io.dislog.commit.RaftConfig;
import io.dislog.raft.rpc.RaftSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Set;

/** Whom a node that replicates lets reach it. Stateless. */
final class NodesAlone {

  private static final String SECRET = NodeProof.Kind.SECRET.words();

  private NodesAlone() {}

  /**
   * Refuses to have others than this machine's reach a node that can't tell nodes from strangers.
   *
   * @param host where the API listens
   */
  static void check(RaftConfig raft, String host, NodeProof proof) {
    if (proof.kind() == NodeProof.Kind.NOTHING
        && !(RaftSettings.address(raft).getAddress().isLoopbackAddress()
            && RaftSettings.isLoopback(host))) {
      throw new ConfigurationException(
          "replication over a network needs a way to tell nodes from strangers: set %s (32 bytes"
                  .formatted(SECRET)
              + " or more, the same on each node); without one, quarkus.http.host and this node's"
              + " host in dislog.raft.peers have to be loopback addresses, as 127.0.0.1 is",
          Set.of(SECRET));
    }
  }
}
