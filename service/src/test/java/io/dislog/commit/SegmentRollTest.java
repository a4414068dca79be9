package io.dislog.commit;

import static io.dislog.commit.LocalLogs.bases;
import static io.dislog.commit.LocalLogs.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.Command.Seal;
import io.dislog.command.Command.SealAged;
import io.dislog.command.Command.Sealed;
import io.dislog.log.SegmentInfo;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a segment is sealed and the next one opened. */
final class SegmentRollTest {

  /** What of 4,096 bytes is left for values where two records share a store. */
  private static final int HALF = (4096 - 40 - 2 * 25) / 2;

  @TempDir Path folder;
  private LocalLogs logs;
  private LogView log;

  @BeforeEach
  void open() throws IOException {
    logs = LocalLogs.in(folder);
    log =
        logs.create("a", Map.of(Setting.SEGMENT_MAX_BYTES, 4096L, Setting.SEGMENT_MAX_AGE, 5000L));
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void aSegmentIsFilledToTheLastByte() {
    logs.append("a", "x".repeat(HALF));
    logs.append("a", "y".repeat(HALF));
    assertThat(bases(log)).containsExactly(0L);

    logs.append("a", "");

    assertThat(bases(log)).containsExactly(0L, 2L);
    assertThat(storeBytes(log.segments().getFirst())).isEqualTo(4096);
  }

  @Test
  void oneByteTooManyOpensTheNextSegment() {
    logs.append("a", "x".repeat(HALF));
    logs.append("a", "y".repeat(HALF + 1));

    assertThat(bases(log)).containsExactly(0L, 1L);
  }

  @Test
  void aRecordLargerThanASegmentGetsOneOfItsOwn() throws IOException {
    String large = "x".repeat(10_000);
    logs.append("a", large);
    logs.append("a", "b");
    logs.append("a", large);
    logs.append("a", large, "c");

    assertThat(bases(log)).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(readAll(log)).containsExactly(large, "b", large, large, "c");
    logs.reopen();
    assertThat(readAll(logs.commit().log("a"))).containsExactly(large, "b", large, large, "c");
  }

  @Test
  void aBatchSpansAsManySegmentsAsItNeeds() throws IOException {
    String[] batch = new String[20];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = (i + "-").repeat(300);
    }

    logs.append("a", batch);

    assertThat(bases(log)).hasSizeGreaterThan(3);
    assertThat(log.extent().endOffset()).isEqualTo(20);
    assertThat(readAll(log)).containsExactly(batch);
    logs.reopen();
    assertThat(readAll(logs.commit().log("a"))).containsExactly(batch);
  }

  @Test
  void theNextRecordAfterMaxAgeOpensTheNextSegment() {
    logs.append("a", "first");
    logs.clockMoves(5000);
    logs.append("a", "just not too late");
    logs.clockMoves(1);
    logs.append("a", "too late");

    assertThat(bases(log)).containsExactly(0L, 2L);
  }

  @Test
  void anIdleSegmentIsSealedForItsAge() {
    logs.append("a", "first");
    assertThat(logs.run("a", new SealAged())).isEqualTo(new Sealed(0, false));

    logs.clockMoves(5001);

    assertThat(log.isAged()).isTrue();
    assertThat(logs.run("a", new SealAged())).isEqualTo(new Sealed(1, true));
    assertThat(log.segments()).extracting(SegmentInfo::sealed).containsExactly(true, false);
  }

  @Test
  void anEmptySegmentHasNoAge() {
    logs.clockMoves(100_000);

    assertThat(log.isAged()).isFalse();
    assertThat(logs.run("a", new Seal())).isEqualTo(new Sealed(0, false));
    assertThat(bases(log)).containsExactly(0L);
  }

  @Test
  void sealedSegmentsAreReadAgainAfterReopening() throws IOException {
    logs.append("a", "first", "second");
    assertThat(logs.run("a", new Seal())).isEqualTo(new Sealed(2, true));
    logs.append("a", "third");
    var before = log.segments();

    logs.reopen();

    LogView again = logs.commit().log("a");
    assertThat(readAll(again)).containsExactly("first", "second", "third");
    assertThat(again.segments()).isEqualTo(before);
  }

  /** An index has 32 bytes, 16 for each entry, and 80 once it is sealed. */
  private static long storeBytes(SegmentInfo sealed) {
    return sealed.bytes() - 32 - 16 * sealed.records() - 80;
  }
}
