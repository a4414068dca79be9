package io.dislog.log;

import static io.dislog.log.MemoryFolder.TIME;
import static io.dislog.log.MemoryFolder.index;
import static io.dislog.log.MemoryFolder.store;
import static io.dislog.log.MemoryLog.TWO_RECORDS;
import static io.dislog.log.MemoryLog.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.Fault;
import io.dislog.disk.Fault.Kind;
import io.dislog.disk.StorageFullException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a log shows of the rounds that are appended, and which segments it keeps them in. */
final class LogTest {

  private MemoryLog memory;
  private Log log;

  @BeforeEach
  void create() throws IOException {
    memory = new MemoryLog();
    log = memory.log();
  }

  @Test
  void aNewLogIsEmpty() {
    assertThat(log.extent())
        .isEqualTo(new Extent(0, 0, Store.HEADER_BYTES + Index.HEADER_BYTES, 1, -1, -1));
  }

  @Test
  void anAppendSaysTheOffsetOfItsFirstRecord() throws IOException {
    assertThat(memory.append("a", "b")).isEqualTo(0);
    assertThat(memory.append("c")).isEqualTo(2);
  }

  @Test
  void whatIsPublishedIsReadWithItsPlace() throws IOException {
    memory.append("a");
    memory.appendAt(TIME + 1, "b");

    assertThat(memory.reader().read(1))
        .isEqualTo(new StoredRecord(1, TIME + 1, false, MemoryFolder.record("b")));
  }

  @Test
  void allButTheLastRecordOfABatchSayThatItGoesOn() throws IOException {
    memory.append("a", "b");

    assertThat(memory.reader().read(0).batchGoesOn()).isTrue();
    assertThat(memory.reader().read(1).batchGoesOn()).isFalse();
  }

  @Test
  void whatIsNotPublishedIsNotShown() throws IOException {
    memory.begin("a");
    log.write(true);

    assertThat(log.extent().isEmpty()).isTrue();
    assertThat(log.writtenEnd()).isEqualTo(1);
    assertThatThrownBy(() -> memory.reader().read(0)).isInstanceOf(OffsetOutOfRangeException.class);
  }

  @Test
  void theExtentCountsBytesAndTimesOfAllRecords() throws IOException {
    memory.append("a");
    memory.appendAt(TIME + 1, "b");

    assertThat(log.extent()).isEqualTo(new Extent(0, 2, 92 + 64, 1, TIME, TIME + 1));
  }

  @Test
  void theExtentCountsSealedSegmentsToo() throws IOException {
    memory.append("a", "b", "c");

    long sealed = 92 + Index.size(2) + IndexFooter.BYTES;
    assertThat(log.extent().bytes()).isEqualTo(sealed + 66 + Index.size(1));
    assertThat(log.extent().segments()).isEqualTo(2);
  }

  @Test
  void timeDoesNotGoBack() throws IOException {
    memory.appendAt(TIME + 5, "a");

    assertThat(log.timeAt(TIME)).isEqualTo(TIME + 5);
    assertThat(log.timeAt(TIME + 6)).isEqualTo(TIME + 6);
  }

  @Test
  void aRoundThatIsCutBackLeavesNothing() throws IOException {
    memory.append("a");
    memory.begin("b");
    log.write(false);
    log.cutBack();

    assertThat(memory.folder().size(log.activeStore())).isEqualTo(66);
    assertThat(memory.append("c")).isEqualTo(1);
    assertThat(memory.values()).containsExactly("a", "c");
  }

  @Test
  void aRoundThatIsCutBackTakesItsSegmentsWithIt() throws IOException {
    memory.append("a");
    memory.begin("b", "c", "d", "e");
    log.cutBack();

    assertThat(memory.bases()).containsExactly(0L);
    assertThat(memory.append("f")).isEqualTo(1);
    assertThat(memory.values()).containsExactly("a", "f");
  }

  @Test
  void timeGoesBackWithARoundThatIsCutBack() throws IOException {
    memory.append("a");
    var _ = log.append(records("b"), false, TIME + 5, TWO_RECORDS);
    log.cutBack();

    assertThat(log.timeAt(TIME)).isEqualTo(TIME);
  }

  @Test
  void aFailedLogTakesNoAppendsAndStaysAsItWas() throws IOException {
    memory.append("a");
    memory.begin("b");
    log.fail(new IOException("the disk failed"));
    log.publish();

    assertThatThrownBy(() -> memory.begin("c"))
        .isInstanceOf(LogFailedException.class)
        .hasMessage("the log takes no appends: the disk failed");
    assertThat(memory.values()).containsExactly("a");
  }

  @Test
  void theFirstFailureIsTheOneThatIsTold() {
    log.fail(new IOException("first"));
    log.fail(new IOException("second"));

    assertThat(log.failure()).hasMessage("first");
  }

  @Test
  void aSegmentIsFilledToTheLastByte() throws IOException {
    memory.append("a");
    memory.append("b");
    assertThat(memory.bases()).containsExactly(0L);

    memory.append("c");

    assertThat(memory.bases()).containsExactly(0L, 2L);
  }

  @Test
  void aBatchSpansSegmentsAndIsReadAcrossThem() throws IOException {
    memory.append("a", "b", "c", "d", "e");

    assertThat(memory.bases()).containsExactly(0L, 2L, 4L);
    assertThat(memory.values()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void aRecordLargerThanASegmentGetsOneOfItsOwn() throws IOException {
    memory.append("a");
    memory.append("large".repeat(100));
    memory.append("b");

    assertThat(memory.bases()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void anAgedSegmentIsFollowedByTheNext() throws IOException {
    SegmentPolicy second = new SegmentPolicy(4096, Duration.ofSeconds(1));
    appendAt(TIME, second);
    appendAt(TIME + 1000, second);
    assertThat(log.isAged(second, TIME + 1000)).isFalse();
    assertThat(log.isAged(second, TIME + 1001)).isTrue();

    appendAt(TIME + 1001, second);

    assertThat(memory.bases()).containsExactly(0L, 2L);
  }

  @Test
  void onlyTheLastSegmentIsNotSealed() throws IOException {
    memory.append("a", "b", "c");

    assertThat(memory.reader().segments())
        .extracting(SegmentInfo::sealed)
        .containsExactly(true, false);
  }

  @Test
  void aSegmentSaysTheTimesOfItsFirstAndItsLastRecord() throws IOException {
    memory.appendAt(TIME + 1, "a");
    memory.appendAt(TIME + 2, "b");

    assertThat(memory.reader().segments())
        .containsExactly(new SegmentInfo(0, 2, 92 + 64, false, TIME, TIME + 1, TIME + 2));
  }

  @Test
  void aRollThatFindsNoRoomBeginsNothing() throws IOException {
    memory.append("a", "b");
    memory.disk().plan(new Fault(Kind.FULL, 0, Long.MAX_VALUE));

    assertThatThrownBy(() -> memory.begin("c")).isInstanceOf(StorageFullException.class);

    assertThat(log.failure()).isNull();
    assertThat(memory.folder().names()).hasSize(2);
  }

  @Test
  void aLogIsSealedOnlyWhereItHasRecords() throws IOException {
    assertThat(log.seal(TIME)).isFalse();
    memory.append("a");
    assertThat(log.seal(TIME)).isTrue();

    assertThat(memory.bases()).containsExactly(0L, 1L);
  }

  @Test
  void aTrimInASegmentHidesRecordsAndKeepsTheFiles() throws IOException {
    memory.append("a", "b", "c");
    log.trim(1, TIME);

    assertThat(memory.offsets()).containsExactly(1L, 2L);
    assertThat(memory.bases()).containsExactly(0L, 2L);
    assertThatThrownBy(() -> memory.reader().read(0)).hasMessage("offset 0 is outside [1, 3]");
  }

  @Test
  void aTrimDeletesTheSegmentsBelowIt() throws IOException {
    memory.append("a", "b", "c");
    log.trim(2, TIME);

    assertThat(log.firstOffset()).isEqualTo(2);
    assertThat(memory.folder().names())
        .containsExactly(index(2).getFileName().toString(), store(2).getFileName().toString());
  }

  @Test
  void aTrimToTheEndLeavesAnEmptySegmentThere() throws IOException {
    memory.append("a");
    log.trim(1, TIME);

    assertThat(memory.bases()).containsExactly(1L);
    assertThat(log.extent().isEmpty()).isTrue();
    assertThat(memory.append("b")).isEqualTo(1);
  }

  @Test
  void aTrimNeverGoesBack() throws IOException {
    memory.append("a", "b");
    log.trim(1, TIME);
    log.trim(0, TIME);

    assertThat(memory.offsets()).containsExactly(1L);
  }

  @Test
  void theEarliestTimeIsThatOfTheEarliestRecord() throws IOException {
    memory.append("a");
    memory.appendAt(TIME + 5, "b");
    log.trim(1, TIME + 6);

    assertThat(log.extent().earliestTime()).isEqualTo(TIME + 5);
  }

  private void appendAt(long time, SegmentPolicy policy) throws IOException {
    var _ = log.append(records("a"), false, time, policy);
    log.write(true);
    log.publish();
  }
}
