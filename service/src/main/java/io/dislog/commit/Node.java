package io.dislog.commit;

import io.dislog.access.node.NodeTrust;
import io.dislog.command.LogSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One process's share of the service, from when it took its data directory until it is closed. Safe
 * for use by many threads.
 */
public interface Node extends Closeable {

  /**
   * The commit, once the logs are recovered.
   *
   * @throws Rejection.NotReady before that, and after recovery failed
   */
  Commit commit();

  /** The nodes that replicate the logs, of which this is one; empty where it is alone. */
  Optional<Cluster> cluster();

  /** Whether the node serves reads and takes any request, and if not, why. */
  Health health();

  /** How full the volume is. */
  StorageWatch storage();

  /** The UUID of what the data belong to; empty where it is not agreed on yet. */
  Optional<UUID> clusterId();

  /** What keeps the logs to their limits, which it begins with once they are recovered. */
  LogMaintenance maintenance();

  /**
   * Has others lead what this node leads, while it still answers: it is about to be closed. Blocks
   * for seconds at most; a node without others has nothing to do.
   */
  default void handOver() {}

  /** Ends what waits, then forces and closes the logs and gives the data directory back. */
  @Override
  void close() throws IOException;

  /**
   * How a node is set up.
   *
   * @param dataDirectory where its logs live
   * @param defaults of their configuration; a value for every setting that is no limit
   * @param reserveBytes of the disk that appends leave free
   * @param retentionInterval between two runs of retention
   * @param budget what logs may keep beside their records
   * @param trust how it and other nodes know each other
   */
  public record Setup(
      Path dataDirectory,
      LogSettings defaults,
      long reserveBytes,
      Duration retentionInterval,
      StateBudget budget,
      NodeTrust trust) {

    /** With nothing by which nodes know each other. */
    public Setup(
        Path dataDirectory,
        LogSettings defaults,
        long reserveBytes,
        Duration retentionInterval,
        StateBudget budget) {
      this(dataDirectory, defaults, reserveBytes, retentionInterval, budget, NodeTrust.NONE);
    }

    /** With limits as they are by default. */
    public Setup(
        Path dataDirectory, LogSettings defaults, long reserveBytes, Duration retentionInterval) {
      this(dataDirectory, defaults, reserveBytes, retentionInterval, StateBudget.usual());
    }
  }

  /**
   * How a node is.
   *
   * @param ready whether it serves reads and takes any request, sending on what it does not lead; a
   *     full disk does not matter
   * @param why not, or what else is wrong; empty where all is well
   */
  public record Health(boolean ready, String why) {}
}
