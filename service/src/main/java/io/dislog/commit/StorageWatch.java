package io.dislog.commit;

import io.dislog.shard.DiskReserve;
import io.dislog.shard.Storage;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches this node's volume: how full it is, whether it fills up so fast that it is full in
 * seconds, and a line in the log once for each change. Looked at by one thread; safe to be asked by
 * many.
 */
public final class StorageWatch implements Volumes {

  private static final System.Logger LOGGER = System.getLogger(StorageWatch.class.getName());

  /** Over which the pace is measured. */
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** A volume that is full within so long at its pace is under pressure already. */
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a change for the better must last before it is believed. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final DiskReserve reserve;
  private final LongSupplier nanos;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile boolean fillsUp;
  private volatile long fillsUpAt;
  private State told = State.OK;
  private long toldAt;

  /** How a volume is, from well to worse. */
  public enum State {
    OK,
    /** Less than a tenth is free, or it is full within seconds as it goes on. */
    PRESSURE,
    /** No append is taken. */
    FULL
  }

  /**
   * @param reserve on the volume
   */
  public StorageWatch(DiskReserve reserve) {
    this(reserve, System::nanoTime);
  }

  /** For tests, with a time of theirs that never jumps. */
  StorageWatch(DiskReserve reserve, LongSupplier nanos) {
    this.reserve = reserve;
    this.nanos = nanos;
  }

  /** How full the volume is. */
  public Storage storage() {
    return reserve.storage();
  }

  /** How the volume is. */
  public State state() {
    Storage now = storage();
    return now.isFull() ? State.FULL : now.isShort() || isFillingUp() ? State.PRESSURE : State.OK;
  }

  /** What is wrong with it, for people; empty where nothing is. */
  public List<String> flaws() {
    return storage().isFull() ? List.of("storage is full: " + inBytes()) : List.of();
  }

  @Override
  public List<Storage> all() {
    return List.of(storage());
  }

  @Override
  public void look() {
    measure(new Sample(nanos.getAsLong(), storage().usableBytes()));
    tell();
  }

  /** Whether it is full within seconds, as it went on lately. */
  public boolean isFillingUp() {
    return fillsUp && nanos.getAsLong() - fillsUpAt < SOON_NANOS;
  }

  /** A volume that fills up slower than this is seen to be short of room in time. */
  private void measure(Sample now) {
    while (!samples.isEmpty() && now.at() - samples.getFirst().at() > WINDOW_NANOS) {
      samples.removeFirst();
    }
    samples.addLast(now);
    Sample first = samples.getFirst();
    long left = now.usable() - storage().reserveBytes();
    double used = first.usable() - now.usable();
    double took = now.at() - first.at();
    if (took >= WINDOW_NANOS / 3.0 && used > 0 && left / used * took < SOON_NANOS) {
      fillsUpAt = now.at();
      fillsUp = true;
    }
  }

  private void tell() {
    State now = state();
    long at = nanos.getAsLong();
    if (now.compareTo(told) >= 0) {
      if (now != told) {
        LOGGER.log(Level.WARNING, "{0}: {1}", said(now), inBytes());
      }
      told = now;
      toldAt = at;
    } else if (at - toldAt > STEADY_NANOS) {
      LOGGER.log(now == State.OK ? Level.INFO : Level.WARNING, "{0}: {1}", said(now), inBytes());
      told = now;
      toldAt = at;
    }
  }

  private static String said(State state) {
    return switch (state) {
      case OK -> "the volume has room again";
      case PRESSURE ->
          "the volume is nearly full, and retention takes early what a limit takes next";
      case FULL -> "the volume is full, and appends are refused until there is room";
    };
  }

  private String inBytes() {
    Storage now = storage();
    return "%d of %d bytes are free, %d are kept in reserve"
        .formatted(now.usableBytes(), now.capacityBytes(), now.reserveBytes());
  }

  private record Sample(long at, long usable) {}
}
