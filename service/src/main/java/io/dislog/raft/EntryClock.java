package io.dislog.raft;

import io.dislog.shard.ProducerLimits;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time by which a shard's commands happen, and what they may have logs remember: what the entry
 * says that is applied, on every node.
 */
final class EntryClock implements InstantSource {

  private volatile long millis;
  private volatile ProducerLimits producers = ProducerLimits.NONE;

  void goTo(Entry entry) {
    millis = entry.time();
    producers = entry.producers();
  }

  ProducerLimits producers() {
    return producers;
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
