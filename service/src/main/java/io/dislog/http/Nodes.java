package io.dislog.http;

import io.dislog.commit.CommitListener;
import io.dislog.commit.LocalNode;
import io.dislog.commit.Node;
import io.dislog.commit.RaftConfig;
import io.dislog.log.Descriptors;
import io.dislog.log.Disk;
import io.dislog.log.FileCache;
import io.dislog.log.LocalDisk;
import io.dislog.raft.RaftNode;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Chooses what this process is: alone, or one of several. Not final: tests have nodes of theirs.
 */
@Singleton
class Nodes {

  /** A node without others. */
  Node alone(Node.Setup setup, CommitListener listener) throws IOException {
    return new LocalNode(setup, disk(), listener);
  }

  /** A node that replicates with others. */
  Node amongOthers(Node.Setup setup, RaftConfig raft, CommitListener listener) throws IOException {
    return new RaftNode(setup, raft, disk(), listener);
  }

  private static Disk disk() {
    return new FileCache(new LocalDisk(), Descriptors.forFiles());
  }
}
