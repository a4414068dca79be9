package io.dislog.shard;

import io.dislog.command.Rejection;
import io.dislog.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a reserve of the disk free of appends, so that trims, consumers and retention find room.
 * Safe for use by many threads.
 */
public final class DiskReserve {

  private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Measure measure;
  private final long reserve;
  private final AtomicLong taken = new AtomicLong();
  private volatile long usable;
  private volatile long capacity;
  private volatile long askedAt;

  /**
   * @param reserve bytes to be kept free
   */
  public DiskReserve(Disk disk, Path folder, long reserve) {
    this(
        new Measure() {
          @Override
          public long usableBytes() throws IOException {
            return disk.usableBytes(folder);
          }

          @Override
          public long totalBytes() throws IOException {
            return disk.totalBytes(folder);
          }
        },
        reserve);
  }

  private DiskReserve(Measure measure, long reserve) {
    this.measure = measure;
    this.reserve = reserve;
    ask();
  }

  /** Never refuses: what was committed is to be written, whatever is free. */
  public static DiskReserve unlimited() {
    return new DiskReserve(Measure.ENDLESS, 0);
  }

  /**
   * Takes room for what is to be written, and refuses what would use up the reserve. How much is
   * free is known from at most 50 ms ago, and counted down by what was taken since.
   *
   * @param bytes that are to be written
   */
  public void take(long bytes) {
    if (usable() - taken.get() - bytes < reserve) {
      ask();
      if (usable - bytes < reserve) {
        throw new Rejection.StorageReserved(reserve);
      }
    }
    taken.addAndGet(bytes);
  }

  /** Bytes that can be written, the reserve included. */
  public long usable() {
    if (System.nanoTime() - askedAt > STALE_NANOS) {
      ask();
    }
    return usable;
  }

  /** How full the volume is, as of 50 ms ago at most. */
  public Storage storage() {
    long free = usable();
    return new Storage(capacity, free, reserve);
  }

  /** Whether no append is taken. */
  public boolean isFull() {
    return storage().isFull();
  }

  private void ask() {
    try {
      capacity = measure.totalBytes();
      usable = measure.usableBytes();
      taken.set(0);
      askedAt = System.nanoTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How much there is, and how much of that is free. */
  private interface Measure {

    Measure ENDLESS =
        new Measure() {
          @Override
          public long usableBytes() {
            return Long.MAX_VALUE;
          }

          @Override
          public long totalBytes() {
            return Long.MAX_VALUE;
          }
        };

    long usableBytes() throws IOException;

    long totalBytes() throws IOException;
  }
}
