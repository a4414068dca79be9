package io.dislog.raft.replica;

import io.dislog.commit.Commit;
import io.dislog.commit.SnapshotSource;
import io.dislog.raft.base.AgreedClock;
import io.dislog.raft.base.EntryVersion;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.LongConsumer;

/** What the shards of a node hold, and the commit over them. Safe for use by many threads. */
public interface Replicas extends Closeable {

  /** Makes what a node's shards hold. */
  interface Opener {

    /**
     * Makes it; nothing is opened yet.
     *
     * @param space is told how many bytes are to be appended, and refuses where there is no room
     * @param clock by which entries are dated, and retention decides
     * @throws IOException where what a crash left can't be looked at
     */
    Replicas open(LongConsumer space, AgreedClock clock, EntryVersion version) throws IOException;
  }

  /**
   * Opens a shard's state as it was made durable; an empty one where there is none. Blocks. May be
   * called again for a shard once its replica was closed, after which the commit serves the new
   * one.
   *
   * @param group to propose entries to; it leads nothing before this returned
   */
  Replica open(Group group) throws IOException;

  /** The commit over the replicas, once all are open. */
  Commit commit();

  /** Bytes of the volume that were given up, and are not free yet. */
  long leavingBytes();

  /** What the replicas hold, for other nodes. */
  SnapshotSource snapshots();

  /** Moves a shard's state out of the way, its replica being closed, for it is to start empty. */
  void discard(int shard) throws IOException;
}
