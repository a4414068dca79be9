package io.dislog.commit;

import static io.dislog.commit.LocalLogs.bases;
import static io.dislog.commit.LocalLogs.readAll;
import static io.dislog.commit.LocalLogs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.api.Setting;
import io.dislog.command.Command.ApplyRetention;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.Seal;
import io.dislog.command.Command.Trim;
import io.dislog.command.OffsetSpec;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.RecordRange;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes from a log's beginning, and who reads it meanwhile. */
final class TrimTest {

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
  void aTrimInASegmentHidesRecordsAndKeepsTheFile() throws IOException {
    logs.append("a", "0", "1", "2");

    var _ = logs.run("a", new Trim(2));

    assertThat(readAll(log)).containsExactly("2");
    assertThatThrownBy(() -> log.read(1)).isInstanceOf(OffsetOutOfRangeException.class);
    assertThat(stores()).containsExactly(name(0));
    logs.reopen();
    assertThat(readAll(logs.commit().log("a"))).containsExactly("2");
  }

  @Test
  void offsetsGoOnAfterATrimToTheEndAndAfterReopening() throws IOException {
    logs.append("a", "0", "1", "2");

    var _ = logs.run("a", new Trim(3));
    assertThat(log.extent().isEmpty()).isTrue();
    assertThat(stores()).containsExactly(name(3));
    assertThat(logs.append("a", "3").baseOffset()).isEqualTo(3);
    logs.reopen();

    log = logs.commit().log("a");
    assertThat(readAll(log)).containsExactly("3");
    assertThat(logs.append("a", "4").baseOffset()).isEqualTo(4);
    assertThat(readAll(log)).containsExactly("3", "4");
  }

  @Test
  void offsetsGoOnWhereALogWasEmptyWhenItWasReopened() throws IOException {
    logs.append("a", "0", "1");
    var _ = logs.run("a", new Trim(2));

    logs.reopen();

    assertThat(logs.append("a", "2").baseOffset()).isEqualTo(2);
    assertThat(logs.commit().log("a").extent().earliestOffset()).isEqualTo(2);
  }

  @Test
  void aTrimNeverGoesBackNorBeyondTheEnd() {
    logs.append("a", "0", "1", "2");
    var _ = logs.run("a", new Trim(2));

    var _ = logs.run("a", new Trim(1));

    assertThat(log.extent().earliestOffset()).isEqualTo(2);
    assertThat(logs.rejection("a", new Trim(4))).isInstanceOf(OffsetOutOfRangeException.class);
    assertThat(log.extent().earliestOffset()).isEqualTo(2);
  }

  @Test
  void aReadUnderWayOnSegmentsThatGoEndsWell() throws IOException {
    for (int segment = 0; segment < 3; segment++) {
      logs.append("a", "first of " + segment, "second of " + segment);
      var _ = logs.run("a", new Seal());
    }
    List<String> read = new ArrayList<>();
    try (RecordRange range = log.range(0, 100, 1 << 20)) {
      readSome(range, 1, read);
      byte[] before = frames(range);

      var _ = logs.run("a", new Trim(6));

      assertThat(stores()).as("while they are read").contains(name(0), name(2), name(4));
      assertThat(frames(range)).isEqualTo(before);
      assertThatThrownBy(() -> log.read(0)).isInstanceOf(OffsetOutOfRangeException.class);
      readSome(range, 100, read);
    }
    assertThat(read)
        .containsExactly(
            "first of 0", "second of 0", "first of 1", "second of 1", "first of 2", "second of 2");
    assertThat(stores()).as("after the last reader left").containsExactly(name(6));
    assertThat(logs.append("a", "next").baseOffset()).isEqualTo(6);
  }

  @Test
  void whatIsReadThatALogsDeletionTakesEndsWellToo() throws IOException {
    logs.append("a", "0");
    try (RecordRange range = log.range(0, 1, 1)) {
      LocalLogs.await(logs.commit().delete("a").toCompletableFuture());

      assertThat(log.deleted()).isTrue();
      assertThat(range.count()).isEqualTo(1);
    }
    assertThat(folder.resolve("logs/a")).doesNotExist();
  }

  @Test
  void retentionTakesWhatItPlannedAndSaysSo() {
    logs.patch("a", Setting.RETENTION_MAX_AGE, 1000);
    logs.append("a", "0", "1");
    var _ = logs.run("a", new Seal());
    long bytes = log.segments().getFirst().bytes();
    assertThat(log.retention().isDue()).isFalse();

    logs.clockMoves(1001);

    assertThat(log.retention().isDue()).isTrue();
    var retained = logs.run("a", new ApplyRetention(Long.MAX_VALUE));
    assertThat(retained.segments()).hasSize(1);
    assertThat(retained.bytes()).isEqualTo(bytes);
    assertThat(bases(log)).containsExactly(2L);
    assertThat(logs.run("a", new ApplyRetention(Long.MAX_VALUE)).segments()).isEmpty();
  }

  @Test
  void whatAConsumerHoldsBackIsKnownUntilItGoesOn() {
    logs.patch("a", Setting.RETENTION_MAX_AGE, 1000);
    logs.patch("a", Setting.RETENTION_HOLD_UNPROCESSED, 1);
    logs.append("a", "0", "1");
    var _ = logs.run("a", new Seal());
    var _ = logs.run("a", new MoveConsumer("billing", new OffsetSpec.Earliest(), null));
    assertThat(log.plan().heldBackBytes()).isZero();

    logs.clockMoves(1001);

    assertThat(log.retention().isDue()).isFalse();
    assertThat(log.plan().heldBackBytes()).isEqualTo(log.segments().getFirst().bytes());
    var _ = logs.run("a", new MoveConsumer("billing", new OffsetSpec.At(2), null));
    assertThat(log.plan().heldBackBytes()).isZero();
    assertThat(log.retention().isDue()).isTrue();
  }

  @Test
  void anIdleLogMeetsItsMaxAgeAndOffsetsGoOn() throws IOException {
    logs.patch("a", Setting.RETENTION_MAX_AGE, 1000);
    logs.append("a", "0", "1");
    logs.clockMoves(1001);

    assertThat(logs.run("a", new ApplyRetention(Long.MAX_VALUE)).segments()).hasSize(1);

    assertThat(log.extent().isEmpty()).isTrue();
    assertThat(stores()).containsExactly(name(2));
    assertThat(logs.append("a", "2").baseOffset()).isEqualTo(2);
  }

  private static void readSome(RecordRange range, int most, List<String> into) throws IOException {
    StoredRecord next;
    for (int left = most; left > 0 && (next = range.next()) != null; left--) {
      into.add(text(next.record().value()));
    }
  }

  private static byte[] frames(RecordRange range) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) range.bytes());
    range.read(bytes, 0);
    return bytes.array();
  }

  private List<String> stores() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("logs/a"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".store"))
          .sorted()
          .toList();
    }
  }

  private static String name(long base) {
    return "%020d.store".formatted(base);
  }
}
