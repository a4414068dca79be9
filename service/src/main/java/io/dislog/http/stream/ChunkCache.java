package io.dislog.http.stream;

import io.dislog.http.config.Limits;
import io.dislog.http.exchange.ClientGone;
import io.dislog.log.RecordRange;
import io.dislog.shard.LogView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes to readers that wake at the end of a stream: prepared for the first of them, and kept
 * for the others for some seconds. Safe for use by many threads, which it may block.
 *
 * <p>A chunk counts until the last connection has taken it, so that what slow readers hold is
 * limited with the rest. Where there is no room for one more, nothing is shared, and each reader
 * gets its answer by itself.
 */
@Singleton
final class ChunkCache {

  /** Of the values in one chunk: readers that have more to get are not those who wait. */
  static final int MAX_VALUE_BYTES = 64 << 10;

  private static final int MAX_RECORDS = 10_000;
  private static final long KEPT_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long LOOK_MILLIS = 1000;

  private final long limit;
  private final LongSupplier nanoTime;
  private final AtomicLong held = new AtomicLong();

  /** The longest unused first; guarded by this. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  @Inject
  ChunkCache(Limits limits, Vertx vertx, MeterRegistry registry) {
    this(limits.maxChunkBytes(), System::nanoTime);
    Gauge.builder("dislog.stream.shared", this, ChunkCache::bytes)
        .description("Bytes of what readers of streams share that wake together")
        .baseUnit("bytes")
        .register(registry);
    vertx.setPeriodic(LOOK_MILLIS, fired -> dropUnused());
  }

  /**
   * @param limit in bytes
   */
  ChunkCache(long limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
  }

  /**
   * The records from an offset on, as many as fit in a chunk.
   *
   * @param from an offset at which the log has a record
   * @return for the caller to release; null where they are too large to be shared
   * @throws io.dislog.log.OffsetOutOfRangeException where the log has that record no more
   */
  @Nullable Chunk take(LogView log, long from, Form form) throws IOException {
    Key key = new Key(log, from, form);
    Entry mine = new Entry();
    Entry entry = find(key, mine);
    if (entry == mine) {
      prepare(key, mine);
    }
    return entry.take();
  }

  private synchronized Entry find(Key key, Entry otherwise) {
    Entry known = entries.putIfAbsent(key, otherwise);
    Entry entry = known == null ? otherwise : known;
    entry.usedAt = nanoTime.getAsLong();
    return entry;
  }

  /** As many records as fit in a chunk, or one that does not. */
  static RecordRange range(LogView log, long from) throws IOException {
    return log.range(from, MAX_RECORDS, MAX_VALUE_BYTES);
  }

  /** Chunks' bytes of memory. */
  long bytes() {
    return held.get();
  }

  private void prepare(Key key, Entry entry) throws IOException {
    Chunk chunk = null;
    try {
      chunk = read(key);
    } finally {
      synchronized (this) {
        entry.chunk = chunk;
        if (chunk == null) {
          entries.remove(key);
        }
      }
      entry.prepared.countDown();
    }
  }

  private @Nullable Chunk read(Key key) throws IOException {
    try (RecordRange range = range(key.log, key.from)) {
      int expected = (int) Math.min(Integer.MAX_VALUE, key.form.size(range));
      return range.valueBytes() > MAX_VALUE_BYTES || !reserve(expected)
          ? null
          : write(range, key.form, expected);
    }
  }

  private Chunk write(RecordRange range, Form form, int expected) throws IOException {
    ByteBuf bytes = UnpooledByteBufAllocator.DEFAULT.directBuffer(expected);
    try {
      form.write(range, part -> bytes.writeBytes(part.duplicate()));
    } catch (IOException | RuntimeException e) {
      bytes.release();
      held.addAndGet(-expected);
      throw e;
    }
    held.addAndGet(bytes.capacity() - expected);
    return new Chunk(
        bytes,
        range.nextOffset(),
        range.count(),
        range.valueBytes(),
        freed -> held.addAndGet(-freed));
  }

  /** Takes room, for which what nobody asked for of late is dropped first. */
  private synchronized boolean reserve(int size) {
    drop(entry -> held.get() + size > limit);
    boolean hasRoom = held.get() + size <= limit;
    if (hasRoom) {
      held.addAndGet(size);
    }
    return hasRoom;
  }

  /** Drops what nobody has asked for within seconds. */
  synchronized void dropUnused() {
    long now = nanoTime.getAsLong();
    drop(entry -> now - entry.usedAt > KEPT_NANOS);
  }

  @PreDestroy
  synchronized void dropAll() {
    drop(entry -> true);
  }

  /** Each is asked for when those before it are gone. */
  private void drop(Predicate<Entry> wanted) {
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      Chunk chunk = entry.chunk;
      if (chunk != null && wanted.test(entry)) {
        all.remove();
        entry.chunk = null;
        chunk.release();
      }
    }
  }

  /** A log is the same only as long as it is the same object. */
  private record Key(LogView log, long from, Form form) {}

  private final class Entry {
    private final CountDownLatch prepared = new CountDownLatch(1);
    private @Nullable Chunk chunk;
    private long usedAt;

    @Nullable Chunk take() throws IOException {
      try {
        prepared.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClientGone(e);
      }
      synchronized (ChunkCache.this) {
        return chunk == null ? null : chunk.retained();
      }
    }
  }
}
