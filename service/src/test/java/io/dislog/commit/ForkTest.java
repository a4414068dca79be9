package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.ForkPoint;
import io.dislog.command.LogTraits;
import io.dislog.command.Rejection;
import io.dislog.log.Record;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that begin with another one's records. */
final class ForkTest {

  private static final int RECORDS = 100;

  @TempDir Path data;
  private LocalLogs logs;

  @BeforeEach
  void fill() throws IOException {
    logs = LocalLogs.in(data);
    logs.create("source", Map.of(Setting.SEGMENT_MAX_BYTES, 4096L));
    for (int i = 0; i < RECORDS; i++) {
      logs.append("source", "record %d %s".formatted(i, "x".repeat(200)));
    }
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void aForkHasTheSourcesRecordsUpToItsPointAndItsOwn() throws IOException {
    List<StoredRecord> source = all("source");
    for (int offset = 0; offset <= RECORDS; offset += 9) {
      String name = "fork-" + offset;
      assertThat(fork(name, offset)).isTrue();
      assertThat(all(name)).isEqualTo(source.subList(0, offset));
      assertThat(logs.append(name, "own").baseOffset()).isEqualTo(offset);
      assertThat(fork(name, offset)).as("a second time").isFalse();
    }
    assertThat(all("source")).isEqualTo(source);
    reopen();
    for (int offset = 0; offset <= RECORDS; offset += 9) {
      assertThat(all("fork-" + offset).subList(0, offset)).isEqualTo(source.subList(0, offset));
      assertThat(all("fork-" + offset)).hasSize(offset + 1);
    }
  }

  @Test
  void sealedSegmentsAreLinkedAndOutliveTheSource() throws IOException {
    List<StoredRecord> source = all("source");
    fork("fork", RECORDS);
    Path first = Path.of("logs", "source", "00000000000000000000.store");
    assertThat(Files.getAttribute(data.resolve(first), "unix:nlink")).isEqualTo(2);
    LocalLogs.await(logs.commit().delete("source").toCompletableFuture());
    assertThat(all("fork")).isEqualTo(source);
    reopen();
    assertThat(all("fork")).isEqualTo(source);
  }

  @Test
  void aForkOfWhatWasTrimmedBeginsWhereTheSourceDoes() throws IOException {
    logs.run("source", new Command.Trim(30));
    fork("fork", 60);
    fork("nothing", 20);
    assertThat(logs.commit().log("fork").extent().earliestOffset()).isEqualTo(30);
    assertThat(all("fork")).isEqualTo(all("source").subList(0, 30));
    assertThat(logs.commit().log("nothing").extent().earliestOffset()).isEqualTo(20);
    assertThat(logs.append("nothing", "own").baseOffset()).isEqualTo(20);
  }

  @Test
  void producersOfTheSourceAreUnknownToTheFork() throws IOException {
    Command.ProducerStamp first = new Command.ProducerStamp("p", 0, 0);
    Record record = Record.of("produced".getBytes(StandardCharsets.UTF_8));
    logs.run("source", new Command.Append(List.of(record), null, first, 8));
    logs.run("source", new Command.Seal());
    fork("fork", RECORDS + 1);
    reopen(); // Its journal must not be asked for the batch.
    assertThat(all("fork")).hasSize(RECORDS + 1);
    assertThat(logs.run("fork", new Command.Append(List.of(record), null, first, 8)).duplicate())
        .isFalse();
  }

  @Test
  void aSourceThatIsDeletedKeepsItsNameAsLongAsItHasForks() throws IOException {
    logs.run("source", new Command.Fork("fork"));
    fork("fork", 10);
    LocalLogs.await(logs.commit().delete("source").toCompletableFuture());
    LogView retired = logs.commit().held("source");
    assertThat(retired.life().retired()).isTrue();
    assertThat(retired.extent().isEmpty()).as("its records are gone").isTrue();
    assertThatThrownBy(() -> logs.append("source", "more"))
        .hasCauseInstanceOf(Rejection.LogRetired.class);
    assertThatThrownBy(() ->
            LocalLogs.await(logs.commit().create("source", Creation.ANY).toCompletableFuture()))
        .hasCauseInstanceOf(Rejection.LogConfigDiffers.class);
    assertThat(retired.isExpired()).isFalse();
    reopen();
    logs.run("source", new Command.Unfork("fork"));
    assertThat(logs.commit().held("source").isExpired()).isTrue();
    assertThat(
            LocalLogs.await(
                logs.commit().expire(logs.commit().held("source")).toCompletableFuture()))
        .isTrue();
    assertThat(all("fork")).hasSize(10);
  }

  private boolean fork(String name, long offset) {
    LogView source = logs.commit().log("source");
    ForkPoint point = new ForkPoint("source", source.id(), offset, 0);
    Creation creation = new Creation(null, LogTraits.NONE.forkedAt(point), null, List.of());
    return LocalLogs.await(logs.commit().fork(source, name, creation).toCompletableFuture());
  }

  private List<StoredRecord> all(String name) throws IOException {
    LogView log = logs.commit().log(name);
    List<StoredRecord> records = new ArrayList<>();
    for (long at = log.extent().earliestOffset(); at < log.extent().endOffset(); at++) {
      records.add(log.read(at));
    }
    return records;
  }

  private void reopen() throws IOException {
    logs.close();
    logs = LocalLogs.in(data);
  }
}
