package io.dislog.commit;

import static io.dislog.commit.LocalLogs.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Command.Seal;
import io.dislog.command.Command.Trim;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which record is the first at or after a time. */
final class TimeLookUpTest {

  @TempDir Path folder;
  private LocalLogs logs;
  private LogView log;

  @BeforeEach
  void open() throws IOException {
    logs = LocalLogs.in(folder);
    log = logs.create("a", Map.of());
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void anEmptyLogIsAtItsTailAtAnyTime() throws IOException {
    assertThat(log.offsetAt(0)).isZero();
    assertThat(log.offsetAt(Long.MAX_VALUE)).isZero();
  }

  @Test
  void everyTimeFindsTheFirstRecordAtOrAfterIt() throws IOException {
    // A record every ten milliseconds, fifty records a segment.
    for (int i = 0; i < 200; i++) {
      logs.append("a", "record " + i);
      if (i % 50 == 49) {
        var _ = logs.run("a", new Seal());
      }
      logs.clockMoves(10);
    }

    for (int i = 0; i < 200; i++) {
      long time = START + 10L * i;
      assertThat(log.offsetAt(time - 9)).as("just after the one before %d", i).isEqualTo(i);
      assertThat(log.offsetAt(time)).as("at the time of %d", i).isEqualTo(i);
    }
    assertThat(log.offsetAt(START + 1991)).as("after all of them").isEqualTo(200);
    assertThat(log.offsetAt(0)).as("before all of them").isZero();
  }

  @Test
  void ofRecordsWithOneTimeTheFirstIsFoundAlsoInASegmentBefore() throws IOException {
    logs.append("a", "before");
    logs.clockMoves(5);
    logs.append("a", "tie", "tie", "tie");
    var _ = logs.run("a", new Seal());
    logs.append("a", "tie", "tie");
    logs.clockMoves(5);
    logs.append("a", "after");

    assertThat(log.offsetAt(START + 5)).isEqualTo(1);
    assertThat(log.offsetAt(START + 6)).isEqualTo(6);
  }

  @Test
  void whatIsTrimmedIsNotFound() throws IOException {
    for (int i = 0; i < 10; i++) {
      logs.append("a", "record " + i);
      logs.clockMoves(10);
    }

    var _ = logs.run("a", new Trim(4));

    assertThat(log.offsetAt(START)).as("a trimmed record's time").isEqualTo(4);
    assertThat(log.offsetAt(START + 41)).isEqualTo(5);
    var _ = logs.run("a", new Trim(10));
    assertThat(log.offsetAt(START)).as("where all is trimmed").isEqualTo(10);
  }

  @Test
  void aClockThatGoesBackMakesTiesAndOneThatJumpsAheadMakesGaps() throws IOException {
    logs.append("a", "now");
    logs.clockMoves(-3_600_000);
    logs.append("a", "an hour back");
    logs.reopen();
    log = logs.commit().log("a");
    logs.append("a", "and after reopening");
    logs.clockMoves(2 * 3_600_000);
    logs.append("a", "an hour ahead");

    assertThat(timeOf(1)).isEqualTo(START);
    assertThat(timeOf(2)).isEqualTo(START);
    assertThat(timeOf(3)).isEqualTo(START + 3_600_000);
    assertThat(log.offsetAt(START - 1)).isZero();
    assertThat(log.offsetAt(START)).isZero();
    assertThat(log.offsetAt(START + 1)).isEqualTo(3);
  }

  @Test
  void timeGoesOnFromTheLastRecordThoughItIsTrimmed() throws IOException {
    logs.append("a", "trimmed");
    var _ = logs.run("a", new Trim(1));
    logs.clockMoves(-1000);
    logs.reopen();
    log = logs.commit().log("a");

    logs.append("a", "next");

    assertThat(timeOf(1)).isEqualTo(START);
  }

  private long timeOf(long offset) throws IOException {
    StoredRecord read = log.read(offset);
    return read.time();
  }
}
