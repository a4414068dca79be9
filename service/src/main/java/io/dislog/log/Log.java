package io.dislog.log;

import io.dislog.disk.ShortageException;
import io.dislog.journal.Journal;
import io.dislog.log.LogRecovery.Recovered;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Ties the segments together: an append-only sequence of records, whose newest segment is active
 * and alone is written.
 *
 * <p>One thread at a time writes, in rounds: any number of {@link #append}, then {@link #write} and
 * {@link #publish}, or {@link #cutBack} of the whole round. Any number of threads read, and see
 * what was published.
 */
public final class Log implements Closeable {

  private final LogResources resources;
  private final Path folder;
  private final Journal journal;
  private final Segments segments = new Segments();
  private final LogReader reader = new LogReader(segments, this::extent);
  private final Replay replay = new Replay(reader);
  private @Nullable SegmentWriter writer;
  private volatile @Nullable IOException failure;
  private long earliest;
  private long earliestTime = -1;
  private long lastTime;
  private volatile Extent extent;

  private Log(
      LogResources resources, Path folder, long earliest, Journal journal, Recovered recovered) {
    this.resources = resources;
    this.folder = folder;
    this.journal = journal;
    recovered.sealed().forEach(segments::add);
    segments.add(recovered.last());
    // A trim of records that its own round appended may be durable without them.
    this.earliest = Math.min(earliest, segments.last().endOffset());
    this.segments.removeBelow(this.earliest).forEach(Segment::delete);
    this.writer = recovered.writer();
    this.failure = recovered.damage();
    this.lastTime = segments.newestTime();
    this.extent = extentTo(segments.last().endOffset());
  }

  /** Creates a log's active segment, whose records will not be older (ms since 1970) than given. */
  public static void create(
      LogResources resources, Path folder, long baseOffset, long now, long floorTime)
      throws IOException {
    SegmentWriter writer =
        SegmentWriter.create(resources, folder, new Store.Header(baseOffset, now, floorTime));
    writer.close();
    writer.segment().close();
  }

  /**
   * Opens a log, after a crash or not.
   *
   * @param earliest the earliest offset that it had
   * @param journal of the log, whose entries are written by whoever appends
   * @param journaled whether the journal names the batch that began at an offset, where the batch
   *     says that it does
   */
  public static Log open(
      LogResources resources, Path folder, long earliest, Journal journal, LongPredicate journaled)
      throws IOException {
    LogRecovery recovery = new LogRecovery(resources, folder, earliest, journaled);
    return new Log(resources, folder, earliest, journal, recovery.run());
  }

  /**
   * Expects what stands from an offset on to be appended again, in the same batches: it is
   * recognised, and not written twice. Before the first round.
   */
  public void replayFrom(long offset) {
    replay.begin(offset, extent.endOffset());
  }

  /** The offset that the next record gets, were the round published. */
  public long writtenEnd() {
    if (!replay.isOver()) {
      return replay.next();
    }
    return writer == null ? extent.endOffset() : writer.endOffset();
  }

  /** Why the log takes no appends, or null. */
  public @Nullable IOException failure() {
    return failure;
  }

  /** The time that records appended now (in ms since 1970) get: now, unless the clock went back. */
  public long timeAt(long now) {
    return replay.isOver() ? Math.max(now, lastTime) : replay.time();
  }

  /**
   * Appends a batch of one or more records.
   *
   * @param produced whether the journal will name the batch before it is published
   * @param time from {@link #timeAt}
   * @return the offset of its first record
   * @throws IOException where the round must be cut back
   */
  public long append(List<Record> batch, boolean produced, long time, SegmentPolicy policy)
      throws IOException {
    if (!replay.isOver()) {
      return replay.pass(batch.size());
    }
    long base = writable().endOffset();
    for (int i = 0; i < batch.size(); i++) {
      Record record = batch.get(i);
      if (writable().isFullFor(Frame.size(record), policy) || writable().isAged(policy, time)) {
        roll(time);
      }
      int goesOn = i + 1 < batch.size() ? Frame.BATCH_GOES_ON : 0;
      writable().append(record, goesOn | (produced && i == 0 ? Frame.PRODUCED : 0), time);
    }
    lastTime = time;
    return base;
  }

  /** Brings the round to the disk, and onto it durably if asked to. */
  public void write(boolean force) throws IOException {
    if (writer != null && failure == null) {
      writer.write(force);
    }
  }

  /** Shows the round, once written, to readers. */
  public void publish() {
    if (failure == null) { // What a round that failed left behind is never shown.
      if (writer != null) {
        writer.settle();
      }
      replay.settle();
      extent = extentTo(segments.last().endOffset());
    }
  }

  /**
   * Has the active store keep its descriptor until {@link #letGo}, see {@link
   * io.dislog.disk.DiskFile#hold}.
   */
  public void hold() throws IOException {
    if (writer != null && failure == null) {
      writer.hold();
    }
  }

  /** Ends a {@link #hold}, if there is one. */
  public void letGo() {
    if (writer != null) {
      writer.letGo();
    }
  }

  /** Undoes the round that could not be written. */
  public void cutBack() throws IOException {
    SegmentWriter now = writable();
    if (now.segment().endOffset() == extent.endOffset()) {
      now.cutBack();
    } else {
      writer = SegmentRollback.back(resources, folder, now, segments, extent.endOffset());
    }
    lastTime = segments.newestTime();
    replay.cutBack();
  }

  /** Takes no more appends: after a failed force nobody knows what the disk holds. */
  public void fail(IOException cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Seals the active segment, unless it is empty; between rounds. */
  public boolean seal(long now) throws IOException {
    boolean sealing = !writable().isEmpty() && replay.isOver();
    if (sealing) {
      roll(timeAt(now));
      publish();
    }
    return sealing;
  }

  /** Whether the active segment is to be sealed for its age. */
  public boolean isAged(SegmentPolicy policy, long now) {
    return writer != null && writer.isAged(policy, now);
  }

  /** Makes all that is published durable; between rounds. */
  public void force() throws IOException {
    if (writer != null && failure == null) {
      writer.force();
    }
  }

  /**
   * Makes an offset the earliest, and deletes the whole segments below it; between rounds.
   *
   * @param before from 0 to the end offset; one below the earliest changes nothing
   */
  public void trim(long before, long now) throws IOException {
    if (before > earliest) {
      earliest = before;
      earliestTime = -1;
      extent = extentTo(extent.endOffset()); // Readers are refused before their files go.
    }
    if (earliest == extent.endOffset() && failure == null) {
      try {
        seal(now);
      } catch (ShortageException e) {
        // The active segment stays until there can be another one.
      }
    }
    segments.removeBelow(earliest).forEach(Segment::delete);
    extent = extentTo(extent.endOffset());
  }

  /** Closes the files, after forcing what can be. */
  @Override
  public void close() throws IOException {
    try (SegmentWriter last = writer) {
      if (last != null && failure == null) {
        last.force();
      }
    } finally {
      writer = null;
      segments.from(0).forEach(Segment::close);
    }
  }

  /** The file of the active segment's records. */
  public Path activeStore() {
    return segments.last().store();
  }

  /** Reads what is published. */
  public LogReader reader() {
    return reader;
  }

  public Extent extent() {
    return extent;
  }

  /** The base offset of the first segment. */
  public long firstOffset() {
    return segments.first().baseOffset();
  }

  /** The base offset of the active segment. */
  public long activeOffset() {
    return segments.last().baseOffset();
  }

  private SegmentWriter writable() throws IOException {
    IOException cause = failure;
    if (cause != null) {
      throw new LogFailedException("the log takes no appends: " + cause.getMessage(), cause);
    }
    return Objects.requireNonNull(writer, "the log is closed");
  }

  private void roll(long time) throws IOException {
    try {
      writer = writable().roll(resources, folder, journal, time);
      segments.add(writer.segment());
    } catch (ShortageException e) { // Nothing was begun.
      throw e;
    } catch (IOException e) {
      fail(e);
      throw e;
    }
  }

  private Extent extentTo(long end) {
    long from = Math.min(earliest, end);
    if (earliestTime < 0 && from < end) {
      earliestTime = reader.timeOf(from);
    }
    boolean empty = from == end;
    return new Extent(
        from,
        end,
        segments.bytes(),
        segments.count(),
        empty ? -1 : earliestTime,
        empty ? -1 : lastTime);
  }
}
