package io.dislog.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive records, found to be sound; what holds them stays until the range is closed. For one
 * thread.
 */
public final class RecordRange implements AutoCloseable {

  private final long baseOffset;
  private final long mostEnd;
  private final long maxValueBytes;
  private final List<Part> parts = new ArrayList<>();
  private long nextOffset;
  private long valueBytes;
  private boolean full;
  private int reading;
  private long toRead;

  /**
   * @param mostEnd the offset behind the last record that may be in the range
   * @param maxValueBytes at most so many bytes of values, but always at least one record
   */
  RecordRange(long baseOffset, long mostEnd, long maxValueBytes) {
    this.baseOffset = baseOffset;
    this.mostEnd = mostEnd;
    this.maxValueBytes = maxValueBytes;
    this.nextOffset = baseOffset;
    this.toRead = baseOffset;
  }

  /** Whether records of a further segment belong in. */
  boolean goesOn() {
    return !full && nextOffset < mostEnd;
  }

  /** Adds the records of the next segment that belong in; its reader is closed with the range. */
  void add(SegmentReader reader) throws IOException {
    long from = nextOffset;
    long end = Math.min(mostEnd, reader.endOffset());
    long fitting = reader.endWithin(from, end, maxValueBytes - valueBytes);
    long wanted = fitting == from && count() == 0 ? from + 1 : fitting;
    Part part = new Part(reader, from, from);
    parts.add(part);
    if (wanted > from) {
      nextOffset = reader.soundUntil(from, wanted);
      parts.set(parts.size() - 1, new Part(reader, from, nextOffset));
      valueBytes += reader.valueBytesBefore(nextOffset) - reader.valueBytesBefore(from);
    }
    full = nextOffset < end;
  }

  public long baseOffset() {
    return baseOffset;
  }

  /** The offset behind the last record. */
  public long nextOffset() {
    return nextOffset;
  }

  public int count() {
    return (int) (nextOffset - baseOffset);
  }

  /** Bytes of all the values. */
  public long valueBytes() {
    return valueBytes;
  }

  /** Bytes of all the frames. */
  public long bytes() {
    return parts.stream().mapToLong(part -> part.region().size()).sum();
  }

  /** Where the frames stand, in order; the files are there until the range is closed. */
  public List<Region> regions() {
    return parts.stream().map(Part::region).filter(region -> region.size() > 0).toList();
  }

  /** Reads the next record; null behind the last one. */
  public @Nullable StoredRecord next() throws IOException {
    while (reading < parts.size()) {
      Part part = parts.get(reading);
      if (toRead < part.to()) {
        return part.reader().read(toRead++);
      }
      reading++;
    }
    return null;
  }

  /**
   * Reads frames' bytes until the buffer is full or the range ends.
   *
   * @param from in bytes from the range's begin
   */
  public void read(ByteBuffer to, long from) throws IOException {
    long skip = from;
    for (Part part : parts) {
      Region region = part.region();
      if (skip < region.size() && to.hasRemaining()) {
        int limit = to.limit();
        to.limit((int) Math.min(limit, to.position() + region.size() - skip));
        part.reader().bytes(to, region.position() + skip);
        to.limit(limit);
        skip = 0;
      } else {
        skip = Math.max(0, skip - region.size());
      }
    }
  }

  @Override
  public void close() {
    parts.forEach(part -> part.reader().close());
    parts.clear();
  }

  private record Part(SegmentReader reader, long from, long to) {
    Region region() {
      return reader.region(from, to);
    }
  }
}
