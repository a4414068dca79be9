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
   * The same, with one of its logs alone.
   *
   * @throws Rejection.UnknownLog where there is no such log
   * @throws Rejection.NotReady where it is damaged here, too
   */
  ShardOutline outline(int shard, String log);

  /**
   * Bytes of a segment's store. Up to the size that the outline said they never change; the file
   * may be deleted at any time. Reads all of them.
   *
   * @param id tells the log from others that bore its name
   * @param from the position of the first
   * @param size the position behind the last, at most what the outline said
   * @throws Rejection.UnknownLog where the log or the segment is gone
   * @throws IOException where the file has fewer bytes, too
   */
  StoreBytes store(int shard, String log, String id, long baseOffset, long from, long size)
      throws IOException;

  /**
   * Bytes of a file.
   *
   * @param from the position of the first
   * @param size the position behind the last
   * @param digest of them, as {@link io.dislog.disk.Digest} makes it
   */
  record StoreBytes(Path file, long from, long size, String digest) {}
}
