package io.dislog.log;

import io.dislog.disk.DamageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what a log has published. Safe for use by many threads. */
public final class LogReader {

  private final Segments segments;
  private final Supplier<Extent> extent;

  LogReader(Segments segments, Supplier<Extent> extent) {
    this.segments = segments;
    this.extent = extent;
  }

  /** What is published, in one consistent view. */
  public Extent extent() {
    return extent.get();
  }

  /** Every segment, in offset order. */
  public List<SegmentInfo> segments() {
    return segments.from(extent().earliestOffset()).stream().map(Segment::info).toList();
  }

  /** Every segment's store, in offset order. */
  public List<StoreOutline> stores() {
    return segments.from(extent().earliestOffset()).stream().map(Segment::outline).toList();
  }

  /** Whether a segment does not hold what it should, as far as it was read. */
  public boolean isDamaged() {
    return segments.from(extent().earliestOffset()).stream().anyMatch(Segment::isDamaged);
  }

  /** The file of a segment's store, or null where there is no such segment. */
  public @Nullable Path store(long baseOffset) {
    Segment segment = segments.holding(baseOffset);
    return segment == null || segment.baseOffset() != baseOffset ? null : segment.store();
  }

  /**
   * Reads one record.
   *
   * @throws OffsetOutOfRangeException where the log has no record of this offset
   * @throws DamageException where its file does not hold it
   */
  public StoredRecord read(long offset) throws IOException {
    Extent now = extent();
    if (offset >= now.endOffset()) {
      throw outOfRange(offset);
    }
    try (SegmentReader reader = readerAt(offset)) {
      return reader.read(offset);
    }
  }

  /**
   * Finds consecutive records.
   *
   * @param from the first one's offset, up to the end offset
   * @param limit at most so many records
   * @param maxValueBytes at most so many bytes of values, but always at least one record
   * @throws OffsetOutOfRangeException where the log does not reach to the first
   * @throws DamageException where a file does not hold the first; a later one ends the range
   */
  public RecordRange range(long from, int limit, long maxValueBytes) throws IOException {
    Extent now = extent();
    if (from < now.earliestOffset() || from > now.endOffset()) {
      throw outOfRange(from);
    }
    RecordRange range =
        new RecordRange(from, Math.min(now.endOffset(), from + limit), maxValueBytes);
    try {
      while (range.goesOn()) {
        range.add(readerAt(range.nextOffset()));
      }
      return range;
    } catch (DamageException e) {
      if (range.count() > 0) {
        return range;
      }
      range.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      range.close();
      throw e;
    }
  }

  /** The offset of the first record with this time (ms since 1970) or a later one, or the end. */
  public long offsetAt(long time) throws IOException {
    Extent now = extent();
    for (Segment segment : segments.from(now.earliestOffset())) {
      if (segment.contents().lastTime() >= time) {
        try (SegmentReader reader = segment.read()) {
          if (reader != null) {
            return Math.clamp(reader.offsetAt(time), now.earliestOffset(), now.endOffset());
          }
        }
      }
    }
    return now.endOffset();
  }

  /** Bytes of the frames of these records, as far as the log has them. */
  public long bytesBetween(long from, long to) throws IOException {
    long bytes = 0;
    long next = Math.max(from, extent().earliestOffset());
    long end = Math.min(to, extent().endOffset());
    while (next < end) {
      try (SegmentReader reader = readerAt(next)) {
        long until = Math.min(end, reader.endOffset());
        bytes += reader.position(until) - reader.position(next);
        next = until;
      }
    }
    return bytes;
  }

  private SegmentReader readerAt(long offset) throws IOException {
    Segment segment = offset < extent().earliestOffset() ? null : segments.holding(offset);
    SegmentReader reader = segment == null ? null : segment.read();
    if (reader == null) {
      throw outOfRange(offset);
    }
    return reader;
  }

  private OffsetOutOfRangeException outOfRange(long offset) {
    Extent now = extent();
    return new OffsetOutOfRangeException(offset, now.earliestOffset(), now.endOffset());
  }

  /** The time of a record that the log has, in milliseconds since 1970. */
  long timeOf(long offset) {
    Segment segment = segments.from(offset).iterator().next();
    try (SegmentReader reader = segment.read()) {
      return reader == null ? -1 : reader.time(offset);
    } catch (IOException e) {
      return segment.contents().firstTime(); // A damaged segment is told of when it is read.
    }
  }
}
