package io.dislog.log;

import io.dislog.disk.Disk;
import io.dislog.disk.ShortageException;
import io.dislog.journal.Journal;
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
 * entries prove nothing.
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
  private boolean held;
  private final boolean marksSynced;

  private SegmentWriter(Segment segment, Store store, Index index) {
    this.segment = segment;
    this.store = store;
    this.index = index;
    // What another process left unforced may never come to the disk, see Store.open.
    this.marksSynced = index.isSynced();
    forgetPending();
  }

  /** Creates an empty segment; when this returns it is there after a crash, too. */
  static SegmentWriter create(LogResources resources, Path folder, Store.Header header)
      throws IOException {
    Path storePath = SegmentName.store(folder, header.baseOffset());
    Path indexPath = SegmentName.index(folder, header.baseOffset());
    Store store = null;
    Index index = null;
    try {
      store = Store.create(resources, storePath, header);
      index = Index.create(resources.disk(), indexPath, header.baseOffset());
      index.force();
      resources.disk().forceFolder(folder);
      return over(resources, folder, header, store, index, Contents.EMPTY);
    } catch (IOException e) {
      withdraw(resources.disk(), folder, header.baseOffset(), store, index);
      throw e;
    }
  }

  private static void withdraw(
      Disk disk, Path folder, long baseOffset, @Nullable Store store, @Nullable Index index)
      throws IOException {
    if (store == null && !disk.exists(SegmentName.store(folder, baseOffset))) {
      return; // Nothing was begun.
    }
    if (store != null) {
      store.close(); // To force the folder takes a descriptor, too.
    }
    if (index != null) {
      index.close();
    }
    try {
      SegmentRollback.run(disk, folder, baseOffset);
    } catch (ShortageException e) { // Not as if nothing had been begun.
      throw new IOException("a segment that was begun could not be taken back", e);
    }
  }

  /** Goes on with a segment whose store and index hold just these contents. */
  static SegmentWriter over(
      LogResources resources,
      Path folder,
      Store.Header header,
      Store store,
      Index index,
      Contents contents)
      throws IOException {
    Segment segment = Segment.active(resources, folder, header, index, contents);
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
      if (marksSynced && !index.isSynced()) {
        index.markSynced(true);
      }
    } else if (pendingCount > 0) {
      if (index.isSynced()) {
        index.markSynced(false);
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

  /**
   * Has the store keep its descriptor, see {@link io.dislog.disk.DiskFile#hold}; once is enough.
   */
  void hold() throws IOException {
    if (!held) {
      store.hold();
      held = true;
    }
  }

  /** Ends a {@link #hold}, if there is one. */
  void letGo() {
    if (held) {
      held = false;
      store.letGo();
    }
  }

  /**
   * Seals this segment and opens the next: (1) its store is forced, and the journal, which is not
   * asked about a sealed segment's batches; (2) the next segment is created; (3) the entries are
   * put, for only now half a batch is told as one; (4) the index is cut to size and forced.
   *
   * @throws ShortageException where nothing was begun
   */
  SegmentWriter roll(LogResources resources, Path folder, Journal journal, long time)
      throws IOException {
    index.hold(); // Once the next segment is there, this one is to be sealed without fail.
    try {
      hold();
      write(true);
      journal.write(true);
      SegmentWriter next = create(resources, folder, new Store.Header(endOffset(), time, lastTime));
      sealBefore(next);
      return next;
    } finally {
      index.letGo();
    }
  }

  /** Settles and seals the segment, all of which was written; its writing ends. */
  private void sealBefore(SegmentWriter next) throws IOException {
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
    letGo();
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
