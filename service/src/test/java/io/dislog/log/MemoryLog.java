package io.dislog.log;

import static io.dislog.log.MemoryFolder.PATH;
import static io.dislog.log.MemoryFolder.TIME;

import io.dislog.disk.FaultyDisk;
import io.dislog.journal.Journal;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** A log on a disk in memory, with small segments, and the rounds of its one writer. */
final class MemoryLog {

  /** A segment has room for two records with a value of one byte. */
  static final SegmentPolicy TWO_RECORDS =
      new SegmentPolicy(Store.HEADER_BYTES + 2 * (Frame.HEAD_BYTES + 1), null);

  private final MemoryFolder folder;
  private Log log;

  MemoryLog() throws IOException {
    folder = new MemoryFolder();
    Log.create(folder.resources(), PATH, 0, TIME, 0);
    Journal.create(folder.disk(), PATH, List.of());
    log = open(0);
  }

  Log log() {
    return log;
  }

  LogReader reader() {
    return log.reader();
  }

  MemoryFolder folder() {
    return folder;
  }

  FaultyDisk disk() {
    return folder.disk();
  }

  /** Appends a batch in a round of its own. */
  long append(String... values) throws IOException {
    return appendAt(TIME, values);
  }

  /** Appends a batch in a round of its own at this time, in milliseconds since 1970. */
  long appendAt(long time, String... values) throws IOException {
    long base = log.append(records(values), false, log.timeAt(time), TWO_RECORDS);
    log.write(true);
    log.publish();
    return base;
  }

  /** Appends a batch to the round, which goes on. */
  long begin(String... values) throws IOException {
    return log.append(records(values), false, TIME, TWO_RECORDS);
  }

  /** Closes the log and opens it again. */
  void reopen() throws IOException {
    reopen(0);
  }

  /** Closes the log and opens it again, with another earliest offset. */
  void reopen(long earliest) throws IOException {
    log.close();
    log = open(earliest);
  }

  /** Opens the log again as a kill leaves it: nothing is closed or forced. */
  void reopenAfterAKill() throws IOException {
    log = open(0);
  }

  /** The values of all that is published. */
  List<String> values() throws IOException {
    Extent extent = log.extent();
    String[] values = new String[(int) extent.records()];
    for (int i = 0; i < values.length; i++) {
      values[i] = MemoryFolder.text(reader().read(extent.earliestOffset() + i));
    }
    return List.of(values);
  }

  /** The base offsets of all segments. */
  List<Long> bases() {
    return reader().segments().stream().map(SegmentInfo::baseOffset).toList();
  }

  /** The offsets from the earliest up to the end. */
  List<Long> offsets() {
    Extent extent = log.extent();
    return LongStream.range(extent.earliestOffset(), extent.endOffset()).boxed().toList();
  }

  static List<Record> records(String... values) {
    return Arrays.stream(values).map(MemoryFolder::record).toList();
  }

  private Log open(long earliest) throws IOException {
    Journal journal = Journal.open(folder.disk(), PATH, entry -> {});
    return Log.open(folder.resources(), PATH, earliest, journal, offset -> false);
  }
}
