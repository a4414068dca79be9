package io.dislog.log;

import io.dislog.disk.DamageException;
import io.dislog.disk.Flaw;
import io.dislog.log.Segment.Contents;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings a log's last segment to its last whole batch, after a crash or not. For one thread.
 *
 * <p>In this order: (1) every frame of the store is read and checked; (2) where reading ends is
 * decided what it means; (3) entries of records that go are taken out of the index, which is
 * forced; (4) the store is cut behind the last whole batch and forced; (5) the index is made to say
 * just what the store holds. After a crash all of it is done again, with the same end: between (3)
 * and (4) no entry vouches for a record that is gone.
 *
 * <p>At (2), a record that a synced index has had been forced (see {@link SegmentWriter}): that it
 * can't be read is damage, and nothing is cut. A record that it does not have was never
 * acknowledged: that is the torn tail which a crash leaves. Neither was a batch whose records are
 * all sound and whose end is missing, synced or not: a round was rolling to the next segment. Where
 * there is no index to ask, a sound frame behind the end tells damage from a torn tail. Assumed is
 * that a forced write stays as it is, and that a crash may leave any part of a write that was not
 * forced.
 */
final class ActiveRecovery {

  private static final System.Logger LOGGER = System.getLogger(ActiveRecovery.class.getName());
  private static final int LONGS_PER_ENTRY = 3;

  private final LogResources resources;
  private final Path folder;
  private final long baseOffset;
  private final LongPredicate journaled;
  private final long upTo;

  private long[] entries = new long[LONGS_PER_ENTRY * 64];
  private int count;
  private int wholeCount;
  private long wholeEnd = Store.HEADER_BYTES;
  private long valueBytes;
  private long wholeValueBytes;

  /**
   * @param journaled whether the journal names the batch of an idempotent producer that begins at
   *     an offset
   */
  ActiveRecovery(LogResources resources, Path folder, long baseOffset, LongPredicate journaled) {
    this(resources, folder, baseOffset, journaled, Long.MAX_VALUE);
  }

  private ActiveRecovery(
      LogResources resources, Path folder, long baseOffset, LongPredicate journaled, long upTo) {
    this.upTo = upTo;
    this.resources = resources;
    this.folder = folder;
    this.baseOffset = baseOffset;
    this.journaled = journaled;
  }

  /** Cuts a sound segment back to an offset, whatever its index says or its batches are. */
  static SegmentWriter reopen(long upTo, LogResources resources, Path folder, long baseOffset)
      throws IOException {
    ActiveRecovery recovery = new ActiveRecovery(resources, folder, baseOffset, any -> true, upTo);
    if (recovery.run() instanceof Outcome.GoesOn(SegmentWriter reopened)) {
      return reopened;
    }
    throw new IOException("a segment that was sound a moment ago is not");
  }

  Outcome run() throws IOException {
    Path storePath = SegmentName.store(folder, baseOffset);
    Path indexPath = SegmentName.index(folder, baseOffset);
    Index index =
        resources.disk().exists(indexPath)
            ? Index.open(resources.disk(), indexPath, baseOffset)
            : null;
    try (StoreScan scan = new StoreScan(resources.disk(), storePath, baseOffset)) {
      read(scan);
      int synced = syncedFrom(index, scan);
      boolean damaged =
          synced > 0 || (index == null && scan.flaw() != null && scan.soundFrameFollows());
      Store.Header header = scan.header();
      if (damaged) {
        return damaged(scan, index, synced);
      }
      if (header == null) {
        return torn(index);
      }
      if (wholeEnd < scan.fileSize()) {
        LOGGER.log(
            Level.INFO,
            "{0}: cut a torn tail of {1} bytes behind offset {2}",
            storePath,
            scan.fileSize() - wholeEnd,
            baseOffset + wholeCount);
      }
      return goingOn(header, index, storePath, indexPath);
    }
  }

  /** How many records the index says are synced behind the last sound one. */
  private int syncedFrom(@Nullable Index index, StoreScan scan) {
    return index == null || !index.isSynced() || upTo < Long.MAX_VALUE
        ? 0
        : index.syncedFrom(count, scan.endPosition());
  }

  private void read(StoreScan scan) throws IOException {
    boolean named = true;
    while (scan.nextOffset() < upTo && scan.next()) {
      // A batch that no entry names was never acknowledged: its producer would send it again.
      named &= !scan.produced() || journaled.test(scan.nextOffset() - 1);
      if (LONGS_PER_ENTRY * count == entries.length) {
        entries = Arrays.copyOf(entries, entries.length * 2);
      }
      int at = LONGS_PER_ENTRY * count++;
      entries[at] = scan.position();
      entries[at + 1] = valueBytes;
      entries[at + 2] = scan.time();
      valueBytes += scan.valueSize();
      if (named && (!scan.batchGoesOn() || scan.nextOffset() == upTo)) {
        wholeCount = count;
        wholeEnd = scan.endPosition();
        wholeValueBytes = valueBytes;
      }
    }
  }

  private Outcome goingOn(
      Store.Header header, @Nullable Index found, Path storePath, Path indexPath)
      throws IOException {
    if (found != null && found.truncate(wholeCount)) {
      found.force();
    }
    Store store = Store.open(resources, storePath, wholeEnd, forcedEnd(found));
    try {
      Index index = found;
      if (index == null) {
        resources.disk().delete(indexPath);
        index = Index.create(resources.disk(), indexPath, baseOffset);
        index.force(); // A header lost in a crash would be taken for damage.
        resources.disk().forceFolder(folder);
      }
      fill(index);
      Contents contents =
          new Contents(wholeCount, wholeEnd, wholeValueBytes, time(0), time(wholeCount - 1), false);
      return new Outcome.GoesOn(
          SegmentWriter.over(resources, folder, header, store, index, contents));
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }

  /** The segment was being created when the crash came: nothing was ever in it. */
  private Outcome torn(@Nullable Index index) throws IOException {
    if (index != null) {
      index.close();
    }
    SegmentRollback.run(resources.disk(), folder, baseOffset);
    return new Outcome.Absent();
  }

  /** Leaves the files as they are; what is sound of them can still be read. */
  private Outcome damaged(StoreScan scan, @Nullable Index found, int synced) throws IOException {
    Flaw flaw = scan.flaw();
    Flaw told = flaw == null ? new Flaw("record " + scan.nextOffset(), "the end") : flaw;
    DamageException damage =
        new DamageException(
            SegmentName.store(folder, baseOffset).getFileName().toString(),
            scan.position(),
            told.expected(),
            told.found());
    Store.Header header =
        scan.header() == null ? new Store.Header(baseOffset, 0, 0) : scan.header();
    if (found == null) {
      return new Outcome.Damaged(
          new Segment(resources, folder, header, Contents.EMPTY, damage), damage);
    }
    int last = count + synced - 1;
    found.expose(last + 1);
    long size = Math.max(scan.fileSize(), found.position(last) + Frame.HEAD_BYTES);
    Contents contents =
        new Contents(
            last + 1, size, found.valueBytesBefore(last), found.time(0), found.time(last), false);
    Segment readable = Segment.active(resources, folder, header, found, contents);
    readable.distrust(wholeCount);
    return new Outcome.Damaged(readable, damage);
  }

  /** Where the records end that the index, being right about them, says were forced. */
  private long forcedEnd(@Nullable Index index) {
    if (index == null || !index.isSynced()) {
      return wholeEnd; // Nothing tells, and all of the store may be too much to write again.
    }
    int entry = 0;
    while (entry < wholeCount && says(index, entry)) {
      entry++;
    }
    return entry == wholeCount ? wholeEnd : entries[LONGS_PER_ENTRY * entry];
  }

  private boolean says(Index index, int entry) {
    int at = LONGS_PER_ENTRY * entry;
    return index.says(entry, entries[at], entries[at + 1], entries[at + 2]);
  }

  /** Makes the index say what was read, touching only what differs. */
  private void fill(Index index) throws IOException {
    index.expose(0);
    index.reserve(wholeCount);
    boolean wrong = false;
    for (int entry = 0; entry < wholeCount; entry++) {
      int at = LONGS_PER_ENTRY * entry;
      wrong |= !says(index, entry);
      index.put(entries[at], entries[at + 1], entries[at + 2]);
    }
    if (wrong) {
      LOGGER.log(
          Level.INFO,
          "{0}: rebuilt the index from the store",
          SegmentName.index(folder, baseOffset));
    }
  }

  private long time(int entry) {
    return entry < 0 || entry >= wholeCount ? -1 : entries[LONGS_PER_ENTRY * entry + 2];
  }

  /** What became of the last segment. */
  sealed interface Outcome {

    /** It is written on. */
    record GoesOn(SegmentWriter writer) implements Outcome {}

    /** Its creation had not ended; it is gone. */
    record Absent() implements Outcome {}

    /** It is refused; the log takes no appends. */
    record Damaged(Segment segment, DamageException damage) implements Outcome {}
  }
}
