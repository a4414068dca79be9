package io.dislog.http.format;

import io.dislog.command.Rejection;
import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The records of one request as they are gathered from its body. Used by one thread.
 *
 * <p>The records share the body's bytes. So that small records can't take many times the memory of
 * the body that they came in, there are at most {@link #MAX_ELEMENTS} of them, their headers
 * counted too.
 */
public final class Batch {

  /** Records and headers in one batch. */
  static final int MAX_ELEMENTS = 1 << 20;

  /** Room is asked for in steps, so that a batch that is refused has taken little. */
  private static final long STEP_BYTES = 64 << 10;

  /** What a record or a header takes in memory beyond its bytes, roughly. */
  static final int ELEMENT_BYTES = 128;

  private final List<Record> records = new ArrayList<>();
  private final LongPredicate room;
  private int elements;
  private long reserved;
  private long size;

  /**
   * An empty one.
   *
   * @param room takes so many bytes of memory more, or none and says false where there are none
   */
  public Batch(LongPredicate room) {
    this.room = room;
  }

  /** The index that the next record gets. */
  public int count() {
    return records.size();
  }

  public List<Record> records() {
    return records;
  }

  /** Bytes of all values, keys and headers. */
  public long size() {
    return size;
  }

  /** Takes the room for all records that are here. */
  public void settle() {
    long missing = (long) elements * ELEMENT_BYTES - reserved;
    if (missing > 0 && !room.test(missing)) {
      throw new Rejection.TooBusy();
    }
    reserved += missing;
  }

  void add(Record record) {
    elements += 1 + record.headers().size();
    if (elements > MAX_ELEMENTS) {
      throw new ProblemException(
          Problem.of(
                  ProblemType.BATCH_TOO_LARGE,
                  "the batch has more than %d records and headers".formatted(MAX_ELEMENTS))
              .with("limit", MAX_ELEMENTS));
    }
    if ((long) elements * ELEMENT_BYTES - reserved >= STEP_BYTES) {
      settle();
    }
    size += record.size();
    records.add(record);
  }

  void add(ByteBuffer value) {
    add(new Record(null, List.<Header>of(), value));
  }
}
