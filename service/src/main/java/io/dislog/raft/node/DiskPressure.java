package io.dislog.raft.node;

import io.dislog.disk.ShortageException;
import io.dislog.shard.DiskReserve;
import org.jspecify.annotations.Nullable;

/**
 * Whether the disk has room for a node to take part. Safe for use by many threads.
 *
 * <p>Appends end where the reserve begins; raft's own entries go on into it. A node that has used
 * up half of it takes no part until all of it is free again, so that neither a log nor a vote ever
 * fails for want of room.
 */
final class DiskPressure {

  private final DiskReserve disk;
  private final long reserve;

  DiskPressure(DiskReserve disk, long reserve) {
    this.disk = disk;
    this.reserve = reserve;
  }

  /** Free bytes below which a node takes no part. */
  static long floor(long reserve) {
    return reserve / 2;
  }

  boolean isGone() {
    return disk.usable() < floor(reserve);
  }

  boolean isBack() {
    return disk.usable() >= reserve;
  }

  /** Whether appends are refused. */
  boolean isShort() {
    return disk.isFull();
  }

  String why() {
    return "storage is full: %d bytes are free, %d are kept in reserve"
        .formatted(disk.usable(), reserve);
  }

  /** Whether something failed because there was no room, or no descriptor. */
  static boolean lacked(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof ShortageException || message.contains("No space left")) {
        return true;
      }
    }
    return false;
  }
}
