package io.dislog.raft.rpc;

import io.dislog.shard.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the members of a cluster tell each other of themselves, as big-endian numbers. An earlier
 * version answers with fewer.
 *
 * <pre>
 *   u64 capacity, u64 usable, u64 reserve   of its volume, in bytes
 *   u64 u64                                 the cluster's UUID, both 0 where it has none
 *   u64…                                    the last entry that it shows, of each shard; -1: none
 * </pre>
 */
public record PeerReport(Storage storage, @Nullable UUID clusterId, List<Long> applied) {

  private static final int LEAST_BYTES = 5 * Long.BYTES;

  public PeerReport {
    applied = List.copyOf(applied);
  }

  public ByteBuffer encode() {
    UUID id = clusterId == null ? new UUID(0, 0) : clusterId;
    ByteBuffer to =
        ByteBuffer.allocate(LEAST_BYTES + applied.size() * Long.BYTES)
            .putLong(storage.capacityBytes())
            .putLong(storage.usableBytes())
            .putLong(storage.reserveBytes())
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits());
    applied.forEach(to::putLong);
    return to.flip();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException where an earlier version answered something else
   */
  static PeerReport decode(ByteBuffer from) {
    if (from.remaining() < LEAST_BYTES) {
      throw new IllegalArgumentException("it reports nothing about itself");
    }
    Storage storage = new Storage(from.getLong(), from.getLong(), from.getLong());
    UUID id = new UUID(from.getLong(), from.getLong());
    List<Long> applied = new ArrayList<>();
    while (from.remaining() >= Long.BYTES) {
      applied.add(from.getLong());
    }
    return new PeerReport(storage, id.equals(new UUID(0, 0)) ? null : id, applied);
  }
}
