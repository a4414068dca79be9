package io.dislog.shard;

/**
 * How full a volume is, at one moment.
 *
 * @param capacityBytes of the whole volume
 * @param usableBytes that can still be written, the reserve included
 * @param reserveBytes that appends leave free
 */
public record Storage(long capacityBytes, long usableBytes, long reserveBytes) {

  private static final int WATCHED_PERCENT = 20;
  private static final int SHORT_PERCENT = 10;

  /** What is used, whoever uses it. */
  public long usedBytes() {
    return Math.max(0, capacityBytes - usableBytes);
  }

  /** Whether so little is free that retention looks each second. */
  public boolean isWatched() {
    return usableBytes < percent(WATCHED_PERCENT);
  }

  /** Whether so little is free that retention takes early what a limit takes next. */
  public boolean isShort() {
    return shortBytes() > 0;
  }

  /** Bytes that are to go until a tenth of the volume is free. */
  public long shortBytes() {
    return Math.max(0, percent(SHORT_PERCENT) - usableBytes);
  }

  /** Whether no append is taken. */
  public boolean isFull() {
    return usableBytes <= reserveBytes;
  }

  private long percent(int percent) {
    return capacityBytes / 100 * percent;
  }
}
