package io.dislog.commit;

import io.dislog.shard.ShardOutline;
import java.io.IOException;
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
   * The first bytes of a segment's store. Up to the size that the outline said they never change;
   * the file may be deleted at any time. Reads all of them.
   *
   * @param id tells the log from others that bore its name
   * @param size how many bytes, at most what the outline said
   * @throws Rejection.UnknownLog where the log or the segment is gone
   * @throws IOException where the file has fewer bytes, too
   */
  StoreBytes store(int shard, String log, String id, long baseOffset, long size) throws IOException;

  /**
   * The first bytes of a file.
   *
   * @param digest of them, as {@link io.dislog.disk.Digest} makes it
   */
  record StoreBytes(Path file, long size, String digest) {}
}
