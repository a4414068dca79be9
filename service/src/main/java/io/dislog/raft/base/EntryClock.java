package io.dislog.raft.base;

import io.dislog.state.ProducerLimits;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time by which a shard's commands happen, and what they may have logs remember: what the entry
 * says that is applied, on every node.
 */
public final class EntryClock implements InstantSource {

  private volatile long millis;
  private volatile ProducerLimits producers = ProducerLimits.NONE;

  public void goTo(Entry entry) {
    millis = entry.time();
    producers = entry.producers();
  }

  public ProducerLimits producers() {
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
