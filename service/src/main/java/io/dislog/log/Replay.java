package io.dislog.log;

import java.io.IOException;

/**
 * Recognizes, after a restart, repeated appends whose records the log already has: by their
 * offsets. They are not written twice. For the log's one writing thread.
 */
final class Replay {

  /** Where replay has ended, or never began. */
  private static final long OVER = Long.MAX_VALUE;

  private final LogReader reader;
  private long end;
  private long next = OVER;
  private long settled = OVER;

  Replay(LogReader reader) {
    this.reader = reader;
  }

  /** Expects the records from one offset up to another to be appended again. */
  void begin(long from, long to) {
    end = to;
    next = from < to ? from : OVER;
    settled = next;
  }

  boolean isOver() {
    return next == OVER;
  }

  /** The offset of the record that is appended again next. */
  long next() {
    return next;
  }

  /** The time that the next record was given when it was appended first. */
  long time() {
    return reader.timeOf(next);
  }

  /**
   * Passes over a batch.
   *
   * @return the offset of its first record
   * @throws IOException where the log has only a part of it: what is replayed is not what was
   *     appended
   */
  long pass(int count) throws IOException {
    long base = next;
    if (count > end - base) {
      throw new IOException(
          "a batch of %d records is appended again at %d, and the log ends at %d"
              .formatted(count, base, end));
    }
    next = base + count == end ? OVER : base + count;
    return base;
  }

  /** The round was published. */
  void settle() {
    settled = next;
  }

  /** The round was undone. */
  void cutBack() {
    next = settled;
  }
}
