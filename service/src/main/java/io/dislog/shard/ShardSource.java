package io.dislog.shard;

import io.dislog.disk.DiskFile;
import io.dislog.log.StoreOutline;
import io.dislog.shard.ShardOutline.LogOutline;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A shard as another node has it. Blocks. */
public interface ShardSource {

  /** What the shard holds there at this moment. */
  ShardOutline outline() throws IOException;

  /** The same, with one of its logs alone. */
  ShardOutline outline(String log) throws IOException;

  /** The digest of a store's bytes. */
  String digest(LogOutline log, StoreOutline store) throws IOException;

  /**
   * Copies a store's bytes into an empty file, and forces it.
   *
   * @throws IOException where they are not what the other node says they should be, too
   */
  void copy(LogOutline log, StoreOutline store, DiskFile to) throws IOException;

  /**
   * The bytes of a store from a position on, where they are few.
   *
   * @throws IOException where they are not what the other node says they should be, too
   */
  ByteBuffer tail(LogOutline log, StoreOutline store, long from) throws IOException;
}
