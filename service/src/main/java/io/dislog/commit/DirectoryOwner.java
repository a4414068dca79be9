package io.dislog.commit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whose a data directory is: a node's without replication, or a cluster's. Neither serves what the
 * other left, and would begin empty beside it. Stateless.
 */
public final class DirectoryOwner {

  /** The file that a node of a cluster has in its data directory. */
  public static final String CLUSTER_FILE = "cluster";

  private static final List<String> OF_A_NODE_ALONE = List.of("catalog", "logs");

  private DirectoryOwner() {}

  /**
   * Lets a node without replication have a directory.
   *
   * @throws IOException where it is a cluster's
   */
  static void checkNotOfACluster(Path directory) throws IOException {
    if (Files.exists(directory.resolve(CLUSTER_FILE))) {
      throw new IOException(
          "%s holds the data of a cluster's node: set dislog.replication to raft, or dislog.data-dir to another directory"
              .formatted(directory));
    }
  }

  /**
   * Lets a node of a cluster have a directory.
   *
   * @throws IOException where it is a node's without replication
   */
  public static void checkNotOfANodeAlone(Path directory) throws IOException {
    for (String name : OF_A_NODE_ALONE) {
      if (Files.exists(directory.resolve(name))) {
        throw new IOException(
            "%s holds the logs of a node without replication: set dislog.replication to off, or dislog.data-dir to another directory"
                .formatted(directory));
      }
    }
  }
}
