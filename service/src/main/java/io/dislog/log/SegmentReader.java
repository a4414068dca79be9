package io.dislog.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One reader's hold on a segment: what was committed when it came, for as long as it stays. For one
 * thread.
 */
final class SegmentReader implements AutoCloseable {

  private final Segment segment;
  private final SegmentFiles files;
  private final Segment.Contents contents;

  SegmentReader(Segment segment, SegmentFiles files, Segment.Contents contents) {
    this.segment = segment;
    this.files = files;
    this.contents = contents;
  }

  long baseOffset() {
    return segment.baseOffset();
  }

  long endOffset() {
    return segment.baseOffset() + contents.count();
  }

  /** The index says where the record stands, the store gives it. */
  StoredRecord read(long offset) throws IOException {
    int entry = entry(offset);
    long position = files.index().position(entry);
    return Frame.decode(files.frame(entry, position, (int) (position(offset + 1) - position)));
  }

  /** The flags of a record's frame, see {@link Frame}. */
  int flags(long offset) throws IOException {
    int size = (int) (position(offset + 1) - position(offset));
    return Frame.flagsAt(files.frame(entry(offset), position(offset), size), 0);
  }

  /** Where a record's frame begins, or for the end offset, where the last one ends. */
  long position(long offset) {
    int entry = entry(offset);
    return entry == contents.count() ? contents.storeSize() : files.index().position(entry);
  }

  /** Bytes of the values before a record. */
  long valueBytesBefore(long offset) {
    int entry = entry(offset);
    return entry == contents.count()
        ? contents.valueBytes()
        : files.index().valueBytesBefore(entry);
  }

  /** The time of a record that the segment has. */
  long time(long offset) {
    return files.index().time(entry(offset));
  }

  /** The first offset whose record has this time or a later one, or the end offset. */
  long offsetAt(long time) {
    return baseOffset() + files.index().firstAtOrAfter(time, contents.count());
  }

  /** The offset, up to an end, behind the records from this one on with at most so many bytes. */
  long endWithin(long from, long end, long maxValueBytes) {
    long low = from;
    long high = end;
    long most = valueBytesBefore(from) + maxValueBytes;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (valueBytesBefore(middle) <= most) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * Checks the frames of these records.
   *
   * @return the offset behind the last one that is sound
   * @throws DamageException where the first is not
   */
  long soundUntil(long from, long to) throws IOException {
    return baseOffset() + files.soundUntil(entry(from), entry(to), position(to));
  }

  /** Where the frames of these records stand. */
  Region region(long from, long to) {
    long position = position(from);
    return new Region(segment.store(), position, position(to) - position);
  }

  /** Reads bytes of the store until the buffer is full. */
  void bytes(ByteBuffer to, long position) throws IOException {
    if (to.remaining() > files.read(to, position)) {
      throw new IOException("the store ended at position " + (position + to.position()));
    }
  }

  @Override
  public void close() {
    segment.leave();
  }

  private int entry(long offset) {
    return (int) (offset - segment.baseOffset());
  }
}
