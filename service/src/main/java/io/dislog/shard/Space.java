package io.dislog.shard;

import io.dislog.log.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a reserve of the disk free of appends, so that trims, consumers and retention find room.
 * Safe for use by many threads.
 */
public final class Space {

  private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Disk disk;
  private final Path folder;
  private final long reserve;
  private volatile long usable;
  private volatile long askedAt;

  /**
   * @param reserve bytes to be kept free
   */
  public Space(Disk disk, Path folder, long reserve) {
    this.disk = disk;
    this.folder = folder;
    this.reserve = reserve;
    ask();
  }

  /**
   * Refuses what would use up the reserve, as far as was known at most 50 ms ago.
   *
   * @param bytes that are to be written
   */
  public void check(long bytes) {
    if (usable() - bytes < reserve) {
      throw new Refusal.StorageReserved(reserve);
    }
  }

  /** Bytes that can be written, the reserve included. */
  public long usable() {
    if (System.nanoTime() - askedAt > STALE_NANOS) {
      ask();
    }
    return usable;
  }

  /** Whether no append is taken. */
  public boolean isFull() {
    return usable() <= reserve;
  }

  private void ask() {
    try {
      usable = disk.usableBytes(folder);
      askedAt = System.nanoTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
