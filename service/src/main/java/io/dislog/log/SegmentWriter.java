package io.dislog.log;

import io.dislog.log.Segment.Contents;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of the active segment. For the log's one writing thread.
 *
 * <p>The order is the crash safety: (1) frames go to the store, (2) the store is forced, (3) the
 * entries go to the index. Nothing is forced at (3); where an entry is there after a crash, its
 * record is, too. A log that buffers leaves (2) out, and its index says durably beforehand that its
 * entries promise nothing.
 */
final class SegmentWriter implements Closeable {

  private static final int LONGS_PER_ENTRY = 3;

  private final Segment segment;
  private final Store store;
  private final Index index;
  private long[] pending = new long[LONGS_PER_ENTRY * 64];
  private int pendingCount;
  private long valueBytes;
  private long firstTime;
  private long lastTime;
  private boolean unforced;
  private final boolean mayPromise;

  private SegmentWriter(Segment segment, Store store, Index index) {
    this.segment = segment;
    this.store = store;
    this.index = index;
    // What another process left unforced may never come to the disk, see Store.open.
    this.mayPromise = index.promises();
    forgetPending();
  }

  /** Creates an empty segment; when this returns it is there after a crash, too. */
  static SegmentWriter create(Volume volume, Path folder, Store.Header header) throws IOException {
    Path storePath = SegmentName.store(folder, header.baseOffset());
    Path indexPath = SegmentName.index(folder, header.baseOffset());
    Store store = null;
    Index index = null;
    try {
      store = Store.create(volume, storePath, header);
      index = Index.create(volume.disk(), indexPath, header.baseOffset());
      index.force();
      volume.disk().forceFolder(folder);
      return over(volume, folder, header, store, index, Contents.EMPTY);
    } catch (IOException e) {
      withdraw(volume.disk(), folder, header.baseOffset(), store, index);
      throw e;
    }
  }

  private static void withdraw(
      Disk disk, Path folder, long baseOffset, @Nullable Store store, @Nullable Index index)
      throws IOException {
    try (store;
        index) {
      Withdrawal.run(disk, folder, baseOffset);
    }
  }

  /** Goes on with a segment whose store and index hold just these contents. */
  static SegmentWriter over(
      Volume volume, Path folder, Store.Header header, Store store, Index index, Contents contents)
      throws IOException {
    Segment segment = Segment.active(volume, folder, header, index, contents);
    return new SegmentWriter(segment, store, index);
  }

  Segment segment() {
    return segment;
  }

  /** The offset that the next record gets. */
  long endOffset() {
    return segment.baseOffset() + count();
  }

  /** The time of the last record, in milliseconds since 1970, or -1. */
  long lastTime() {
    return lastTime;
  }

  /** Whether there is no record, not even one that waits to be settled. */
  boolean isEmpty() {
    return count() == 0;
  }

  /** Whether the next record, with a frame of this size, belongs into a new segment. */
  boolean isFullFor(int frameSize, SegmentPolicy policy) {
    return !isEmpty()
        && (store.size() + frameSize > policy.maxBytes() || count() == Index.MAX_COUNT);
  }

  /** Whether the first record is older than a segment may get. */
  boolean isAged(SegmentPolicy policy, long now) {
    return !isEmpty() && policy.maxAge() != null && now - firstTime > policy.maxAge().toMillis();
  }

  void append(Record record, int flags, long time) throws IOException {
    long position = store.size();
    index.reserve(pendingCount + 1);
    store.append(record, flags, endOffset(), time);
    int at = LONGS_PER_ENTRY * pendingCount;
    if (at == pending.length) {
      pending = Arrays.copyOf(pending, at * 2);
    }
    pending[at] = position;
    pending[at + 1] = valueBytes;
    pending[at + 2] = time;
    firstTime = isEmpty() ? time : firstTime;
    pendingCount++;
    valueBytes += record.valueSize();
    lastTime = time;
  }

  /** Writes what was appended to the store, and makes it durable if asked to. */
  void write(boolean force) throws IOException {
    if (force && (pendingCount > 0 || unforced)) {
      store.force();
      unforced = false;
      if (mayPromise && !index.promises()) {
        index.promise(true);
      }
    } else if (pendingCount > 0) {
      if (index.promises()) {
        index.promise(false);
        index.force();
      }
      store.flush();
      unforced = true;
    }
  }

  /** Puts what was written into the index, for readers. */
  void settle() {
    for (int entry = 0; entry < pendingCount; entry++) {
      int at = LONGS_PER_ENTRY * entry;
      index.put(pending[at], pending[at + 1], pending[at + 2]);
    }
    boolean changed = pendingCount > 0;
    pendingCount = 0;
    if (pending.length > LONGS_PER_ENTRY << 12) {
      pending = new long[LONGS_PER_ENTRY * 64]; // A large batch leaves no large array behind.
    }
    if (changed) {
      segment.publish(
          new Contents(index.count(), store.size(), valueBytes, firstTime, lastTime, false));
    }
  }

  /** Forgets what was not settled. */
  void cutBack() throws IOException {
    store.truncate(segment.contents().storeSize());
    forgetPending();
  }

  /** Settles and seals the segment, all of which was written; its writing ends. */
  void sealBefore(SegmentWriter next) throws IOException {
    try {
      settle();
      segment.seal(sealFiles());
    } catch (IOException e) { // The next one stays begun.
      next.close();
      throw new IOException("a segment could not be sealed", e);
    }
  }

  /** Seals the files alone. */
  IndexFooter sealFiles() throws IOException {
    IndexFooter footer = index.seal(store.size(), valueBytes, segment.header());
    close();
    return footer;
  }

  /** Makes all that was settled durable. */
  void force() throws IOException {
    store.force();
    index.force();
  }

  @Override
  public void close() throws IOException {
    store.close();
    index.close();
  }

  private int count() {
    return index.count() + pendingCount;
  }

  private void forgetPending() {
    Contents settled = segment.contents();
    pendingCount = 0;
    valueBytes = settled.valueBytes();
    firstTime = settled.firstTime();
    lastTime = settled.lastTime();
  }
}
