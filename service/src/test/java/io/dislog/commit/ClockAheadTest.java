package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.OffsetSpec;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that was once ahead, and what the log that it dated does once it is right. */
final class ClockAheadTest {

  private static final long AHEAD = Duration.ofDays(400).toMillis();
  private static final long MAX_AGE = Duration.ofDays(7).toMillis();

  @TempDir Path folder;
  private LocalLogs logs;

  @BeforeEach
  void open() throws IOException {
    logs = LocalLogs.in(folder);
    logs.create(
        "log", Map.of(Setting.SEGMENT_MAX_BYTES, 4096L, Setting.RETENTION_MAX_AGE, MAX_AGE));
    logs.clockMoves(AHEAD);
    append();
    logs.clockMoves(-AHEAD);
    append();
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void theLogSaysHowFarItIsAhead() {
    assertThat(log().aheadMillis()).isEqualTo(AHEAD);
    logs.clockMoves(AHEAD - 999);
    assertThat(log().aheadMillis()).as("as clocks are that are right").isZero();
  }

  @Test
  void ageCountsFromTheFirstRunThatSawIt() {
    assertThat(log().retention().isDue()).as("a run is to see it").isTrue();
    assertThat(retain()).isZero();
    assertThat(log().retention().isDue()).as("it was seen").isFalse();
    assertThat(plan()).extracting(SegmentPlan::deleteAt).containsOnly(LocalLogs.START + MAX_AGE);

    logs.clockMoves(MAX_AGE);
    assertThat(retain()).isZero();
    logs.clockMoves(1);

    assertThat(log().retention().isDue()).isTrue();
    assertThat(retain()).as("the active one, too: nothing was appended since").isEqualTo(2);
    assertThat(log().extent().isEmpty()).isTrue();
  }

  @Test
  void thatCountLastsOverRestartsAndTurnsOfTheJournal() throws IOException {
    assertThat(retain()).isZero();
    for (int i = 0; i < 12; i++) {
      logs.clockMoves(MAX_AGE / 12);
      logs.reopen();
      assertThat(retain()).isZero();
      for (int moves = 0; moves < 1000; moves++) {
        var _ = logs.submit("log", new Command.MoveConsumer("c", new OffsetSpec.Latest(), null));
      }
    }
    logs.clockMoves(MAX_AGE / 12);
    assertThat(retain()).isEqualTo(2);
  }

  @Test
  void whatIsAppendedLaterIsSeenLater() {
    assertThat(retain()).isZero();
    logs.clockMoves(MAX_AGE / 2);
    append();
    append();
    assertThat(retain()).isZero();
    logs.clockMoves(MAX_AGE / 2 + 1);

    assertThat(retain()).as("what was there at first").isEqualTo(2);
    logs.clockMoves(MAX_AGE / 2);

    assertThat(retain()).as("the rest").isEqualTo(2);
  }

  @Test
  void aPlanBeforeAnyRunSaysWhatARunNowWouldMakeOfIt() {
    logs.clockMoves(5);
    assertThat(plan())
        .extracting(SegmentPlan::deleteAt)
        .containsOnly(LocalLogs.START + 5 + MAX_AGE);
  }

  @Test
  void theActiveSegmentIsSealedForItsAge() {
    logs.patch("log", Setting.SEGMENT_MAX_AGE, 1000);
    assertThat(retain()).isZero();
    logs.clockMoves(1000);
    assertThat(log().isAged()).isFalse();
    logs.clockMoves(1);
    assertThat(log().isAged()).isTrue();
    assertThat(logs.run("log", new Command.SealAged()).created()).isTrue();
    assertThat(log().isAged()).as("a new one").isFalse();
  }

  /** A segment of its own. */
  private void append() {
    var _ = logs.append("log", "x".repeat(4096));
  }

  private int retain() {
    return logs.run("log", log().retention().command()).segments().size();
  }

  private List<SegmentPlan> plan() {
    return log().plan().segments();
  }

  private LogView log() {
    return logs.commit().log("log");
  }
}
