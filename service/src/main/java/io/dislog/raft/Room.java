package io.dislog.raft;

import io.dislog.log.ShortageException;
import io.dislog.shard.Space;
import org.jspecify.annotations.Nullable;

/**
 * Whether the disk has room for a node to take part. Safe for use by many threads.
 *
 * <p>Appends end where the reserve begins; raft's own entries go on into it. A node that has used
 * up half of it takes no part until all of it is free again, so that neither a log nor a vote ever
 * fails for want of room.
 */
final class Room {

  private final Space space;
  private final long reserve;

  Room(Space space, long reserve) {
    this.space = space;
    this.reserve = reserve;
  }

  /** Free bytes below which a node takes no part. */
  static long floor(long reserve) {
    return reserve / 2;
  }

  boolean isGone() {
    return space.usable() < floor(reserve);
  }

  boolean isBack() {
    return space.usable() >= reserve;
  }

  /** Whether appends are refused. */
  boolean isShort() {
    return space.isFull();
  }

  String why() {
    return "storage is full: %d bytes are free, %d are kept in reserve"
        .formatted(space.usable(), reserve);
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
