package io.dislog.raft.base;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time that the members' clocks agree on: the median of what they say, and of two in the middle
 * the earlier one; so that a node whose clock is off neither dates records by it nor deletes by it
 * what is young. Safe for use by many threads.
 *
 * <p>Between two times that it hears of clocks it goes on by the system's monotonic one, so that
 * its own wall clock has one voice, too, when it jumps.
 */
public final class AgreedClock implements InstantSource {

  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final String self;
  private final LongSupplier nanos;
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private volatile int members = 1;
  private volatile long ahead;

  /**
   * @param self whose own clock is one of them
   * @param millis what it says now
   * @param nanos a time that never jumps
   */
  public AgreedClock(String self, long millis, LongSupplier nanos) {
    this.self = self;
    this.nanos = nanos;
    hear(self, millis);
  }

  public static AgreedClock of(String self) {
    return new AgreedClock(self, System.currentTimeMillis(), System::nanoTime);
  }

  /** How many members there are, this node included. */
  public void members(int count) {
    members = count;
  }

  /** A member's clock says this, now. */
  public void hear(String node, long millis) {
    long now = nanos.getAsLong();
    heard.put(node, new Heard(millis - TimeUnit.NANOSECONDS.toMillis(now), now));
    heard.values().removeIf(each -> now - each.at() > FORGET_NANOS);
    long[] all = heard.values().stream().mapToLong(Heard::ahead).sorted().toArray();
    ahead = all[(all.length - 1) / 2];
  }

  /** Whether a majority of the members was heard of. */
  public boolean isAgreed() {
    return heard.size() > members / 2;
  }

  /** How far this node's own clock is ahead of the others'. */
  public Duration ownAhead() {
    Heard own = heard.get(self);
    return own == null ? Duration.ZERO : Duration.ofMillis(own.ahead() - ahead);
  }

  @Override
  public long millis() {
    return ahead + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /**
   * What a node's clock said.
   *
   * @param ahead in ms, of the monotonic clock here
   * @param at when, by that clock
   */
  private record Heard(long ahead, long at) {}
}
