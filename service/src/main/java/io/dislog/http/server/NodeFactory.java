package io.dislog.http.server;

import io.dislog.commit.CommitListener;
import io.dislog.commit.LocalNode;
import io.dislog.commit.Node;
import io.dislog.commit.RaftConfig;
import io.dislog.disk.DescriptorLimit;
import io.dislog.disk.Disk;
import io.dislog.disk.FileCache;
import io.dislog.disk.LocalDisk;
import io.dislog.raft.node.RaftNode;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Chooses what this process is: alone, or one of several. Not final: tests have nodes of theirs.
 */
@Singleton
public class NodeFactory {

  /** A node without others. */
  public Node alone(Node.Setup setup, CommitListener listener) throws IOException {
    return new LocalNode(setup, disk(), listener);
  }

  /** A node that replicates with others. */
  public Node amongOthers(Node.Setup setup, RaftConfig raft, CommitListener listener)
      throws IOException {
    return new RaftNode(setup, raft, disk(), listener);
  }

  private static Disk disk() {
    return new FileCache(new LocalDisk(), DescriptorLimit.forFiles());
  }
}
