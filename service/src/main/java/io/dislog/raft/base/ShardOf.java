package io.dislog.raft.base;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Which shard a log belongs to: CRC-32C of its name's bytes, modulo the number of shards. Part of
 * the format on disk.
 */
public final class ShardOf {

  private ShardOf() {}

  public static int name(String log, int shards) {
    CRC32C crc = new CRC32C();
    crc.update(log.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % shards);
  }
}
