package io.dislog.commit;

import io.dislog.shard.ShardOutline;
import java.nio.file.Path;

/**
 * What this node's shards hold, for nodes that lack it and find it in no raft log any more. Safe
 * for use by many threads.
 */
public interface SnapshotSource {

  /**
   * What a shard holds at this moment.
   *
   * @throws Rejection.NotReady where it holds nothing that can be told
   */
  ShardOutline outline(int shard);

  /**
   * The file of a segment's store. Up to the size that the outline said its bytes never change; it
   * may be deleted at any time.
   *
   * @param id tells the log from others that bore its name
   * @throws Rejection.UnknownLog where the log or the segment is gone
   */
  Path store(int shard, String log, String id, long baseOffset);
}
