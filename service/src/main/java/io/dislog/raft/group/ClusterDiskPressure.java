package io.dislog.raft.group;

import io.dislog.command.Rejection;
import io.dislog.shard.DiskReserve;
import io.dislog.shard.Storage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The room that appends take, on this node's volume and on those of the nodes that write the same:
 * where one of them has none, nothing is appended, or that node would soon take no part any more.
 * Who says nothing of itself takes no part already, and doesn't count. Safe for use by many
 * threads.
 */
public final class ClusterDiskPressure implements LongConsumer {

  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final DiskReserve own;
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();
  private final AtomicLong taken = new AtomicLong();

  public ClusterDiskPressure(DiskReserve own) {
    this.own = own;
  }

  /**
   * Takes room for what is to be appended.
   *
   * @throws Rejection.StorageReserved where a volume has none
   */
  @Override
  public void accept(long bytes) {
    long before = taken.get();
    heard.forEach((node, last) -> {
      long left = last.storage().usableBytes() - (before - last.taken()) - bytes;
      if (last.isFresh() && left < last.storage().reserveBytes()) {
        throw new Rejection.StorageReserved(node, last.storage().reserveBytes());
      }
    });
    own.take(bytes);
    taken.addAndGet(bytes);
  }

  /** What was taken in all, to be told to {@link #hear} with what was asked for then. */
  public long taken() {
    return taken.get();
  }

  /**
   * Another node says how full its volume is.
   *
   * @param takenThen when it was asked
   */
  public void hear(String node, Storage storage, long takenThen) {
    heard.put(node, new Heard(storage, takenThen, System.nanoTime()));
  }

  /** How full the volumes of the others are, as far as they told lately. */
  public List<Storage> others() {
    heard.values().removeIf(last -> !last.isFresh());
    return heard.values().stream().map(Heard::storage).toList();
  }

  /**
   * What a node said.
   *
   * @param taken by appends before it was asked
   */
  private record Heard(Storage storage, long taken, long at) {

    boolean isFresh() {
      return System.nanoTime() - at < FORGET_NANOS;
    }
  }
}
