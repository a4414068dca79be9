package io.dislog.operator;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells how much time passes, whatever happens to the machine's own clock: one that is set back
 * makes no pause longer. Its instants are for pauses within this process, and are written nowhere.
 * Immutable.
 */
final class SteadyClock implements InstantSource {

  private final Instant begun = Instant.now();
  private final long begunNanos = System.nanoTime();

  @Override
  public Instant instant() {
    return begun.plusNanos(System.nanoTime() - begunNanos);
  }
}
