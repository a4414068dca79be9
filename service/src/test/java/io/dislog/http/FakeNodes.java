package io.dislog.http;

import io.dislog.commit.Cluster;
import io.dislog.commit.Commit;
import io.dislog.commit.CommitListener;
import io.dislog.commit.LogMaintenance;
import io.dislog.commit.Node;
import io.dislog.commit.RaftConfig;
import io.dislog.commit.StorageWatch;
import io.dislog.http.server.NodeFactory;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Has a node that commits alone say that it is one of a {@link FakeCluster}. */
@Alternative
@Singleton
class FakeNodes extends NodeFactory {

  @Override
  public Node amongOthers(Node.Setup setup, RaftConfig raft, CommitListener listener)
      throws IOException {
    FakeCluster.current = new FakeCluster();
    return new OfCluster(alone(setup, listener), FakeCluster.current);
  }

  private record OfCluster(Node alone, FakeCluster fake) implements Node {

    @Override
    public Commit commit() {
      return new OvertakenCommit(alone.commit(), fake);
    }

    @Override
    public Optional<Cluster> cluster() {
      return Optional.of(fake);
    }

    @Override
    public Health health() {
      return alone.health();
    }

    @Override
    public StorageWatch storage() {
      return alone.storage();
    }

    @Override
    public Optional<UUID> clusterId() {
      return alone.clusterId();
    }

    @Override
    public LogMaintenance maintenance() {
      return alone.maintenance();
    }

    @Override
    public void close() throws IOException {
      alone.close();
    }
  }
}
