package io.dislog.shard;

import io.dislog.command.Command.Inherit;
import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.log.Record;
import io.dislog.log.RecordRange;
import io.dislog.log.SegmentInfo;
import io.dislog.log.SegmentName;
import io.dislog.log.StoredRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fork has of its source. Immutable; for one thread.
 *
 * <p>The stores of sealed segments are linked: they never change, and their bytes stay as long as
 * one of their names does. What the source has of a segment beyond them is copied.
 *
 * @param earliest offset that the fork has
 * @param linkedEnd the fork has the source's files up to this offset
 * @param endOffset the fork has the source's records up to this offset
 * @param newestTime of the records in those files, in milliseconds since 1970
 */
public record Inheritance(long earliest, long linkedEnd, long endOffset, long newestTime) {

  private static final int COPY_BYTES = 64 << 10;
  private static final int RECORDS_PER_READ = 1000;
  private static final long BYTES_PER_READ = 1 << 20;

  /** Nothing; the log begins at an offset. */
  static Inheritance from(long offset) {
    return new Inheritance(offset, offset, offset, 0);
  }

  /**
   * Links what can be linked.
   *
   * @param offset at which the fork leaves its source
   * @param folder of the fork
   */
  static Inheritance linked(LogView source, long offset, Disk disk, Path folder)
      throws IOException {
    long earliest = source.extent().earliestOffset();
    if (offset <= earliest) {
      return from(offset);
    }
    long linkedEnd = earliest;
    long newestTime = 0;
    for (SegmentInfo segment : source.segments()) {
      if (!segment.sealed() || !isWhole(source, segment, offset)) {
        break;
      }
      link(source, segment.baseOffset(), disk, folder);
      linkedEnd = segment.endOffset();
      newestTime = segment.lastTime();
    }
    return new Inheritance(earliest, linkedEnd, offset, newestTime);
  }

  /** Whether a segment ends in time, and so does its last batch: half of one would be cut back. */
  private static boolean isWhole(LogView source, SegmentInfo segment, long offset)
      throws IOException {
    return segment.endOffset() <= offset
        && (segment.records() == 0 || !source.read(segment.endOffset() - 1).batchGoesOn());
  }

  private static void link(LogView source, long baseOffset, Disk disk, Path folder)
      throws IOException {
    Path store = source.store(baseOffset);
    Path from = store == null ? null : store.getParent();
    if (store == null || from == null) {
      throw new NoSuchFileException("the segment at " + baseOffset + " is gone");
    }
    try (DiskFile bytes = disk.openForReading(store)) {
      bytes.force(); // A replica need not have done that yet, and the fork relies on it.
    }
    disk.link(store, SegmentName.store(folder, baseOffset));
    copyIndex(SegmentName.index(from, baseOffset), SegmentName.index(folder, baseOffset), disk);
  }

  /** An index is small, and its source may write to its own again after a crash. */
  private static void copyIndex(Path from, Path to, Disk disk) throws IOException {
    try (DiskFile source = disk.openForReading(from);
        DiskFile target = disk.create(to)) {
      ByteBuffer piece = ByteBuffer.allocate(COPY_BYTES);
      for (long at = 0; at < source.size(); at += piece.limit()) {
        piece.clear().limit((int) Math.min(COPY_BYTES, source.size() - at));
        while (piece.hasRemaining() && source.read(piece, at + piece.position()) > 0) {
          // A read may bring less than was asked for.
        }
        target.write(piece.flip(), at);
      }
      target.force();
    }
  }

  /** Copies what is not linked, batch by batch, with the times that the records have. */
  void copy(LogView source, LogWriter fork) throws IOException {
    read(
        source,
        linkedEnd,
        endOffset,
        batches -> {
          for (Inherit batch : batches) {
            fork.apply(batch);
          }
          fork.write();
          fork.publish();
        });
  }

  /**
   * Reads a source's records, some batches at a time.
   *
   * @param from the first offset, which the source has
   * @param to the offset behind the last
   */
  public static void read(LogView source, long from, long to, Filling fork) throws IOException {
    long next = from;
    while (next < to) {
      int limit = (int) Math.min(RECORDS_PER_READ, to - next);
      try (RecordRange range = source.range(next, limit, BYTES_PER_READ)) {
        fork.take(batches(range));
        next = range.nextOffset();
      }
    }
  }

  /** The batches of a range; one that is cut is a batch of what is there. */
  private static List<Inherit> batches(RecordRange range) throws IOException {
    List<Inherit> batches = new ArrayList<>();
    List<Record> batch = new ArrayList<>();
    long time = 0;
    StoredRecord record;
    while ((record = range.next()) != null) {
      batch.add(record.record());
      time = record.time();
      if (!record.batchGoesOn()) {
        batches.add(new Inherit(batch, time));
        batch = new ArrayList<>();
      }
    }
    if (!batch.isEmpty()) {
      batches.add(new Inherit(batch, time));
    }
    return batches;
  }

  /** Takes what a fork is filled with. */
  @FunctionalInterface
  public interface Filling {
    void take(List<Inherit> batches) throws IOException;
  }
}
