package io.dislog.shard;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that tests set, also back. */
public final class TestClock implements InstantSource {

  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

  public void move(long byMillis) {
    millis.addAndGet(byMillis);
  }

  @Override
  public long millis() {
    return millis.get();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
