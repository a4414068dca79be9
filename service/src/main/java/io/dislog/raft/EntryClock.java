package io.dislog.raft;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time by which a shard's commands happen: that of the entry which is applied, on every node.
 */
final class EntryClock implements InstantSource {

  private volatile long millis;

  void goTo(long now) {
    millis = now;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }
}
