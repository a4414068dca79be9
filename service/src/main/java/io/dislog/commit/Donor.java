package io.dislog.commit;

import io.dislog.shard.Refusal;
import io.dislog.shard.ShardOutline;
import java.nio.file.Path;

/**
 * What this node's shards hold, for nodes that lack it and find it in no raft log any more. Safe
 * for use by many threads.
 */
public interface Donor {

  /**
   * What a shard holds at this moment.
   *
   * @throws Refusal.NotReady where it holds nothing that can be told
   */
  ShardOutline outline(int shard);

  /**
   * The file of a segment's store. Up to the size that the outline said its bytes never change; it
   * may be deleted at any time.
   *
   * @param id tells the log from others that bore its name
   * @throws Refusal.UnknownLog where the log or the segment is gone
   */
  Path store(int shard, String log, String id, long baseOffset);
}
