package io.dislog.commit;

import static io.dislog.commit.LocalLogs.START;
import static io.dislog.commit.LocalLogs.bases;
import static io.dislog.commit.LocalLogs.patch;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.Command.ApplyRetention;
import io.dislog.command.Command.Configure;
import io.dislog.command.Command.Seal;
import io.dislog.command.Durability;
import io.dislog.command.LogConfig;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings and defaults take effect at once, and last. */
final class LiveSettingsTest {

  @TempDir Path folder;
  private LocalLogs logs;

  @BeforeEach
  void open() throws IOException {
    logs = LocalLogs.in(folder);
    logs.create("own", Map.of(Setting.SEGMENT_MAX_BYTES, 8192L));
    logs.create("plain", Map.of());
  }

  @AfterEach
  void close() throws IOException {
    logs.close();
  }

  @Test
  void aPatchedSegmentSizeHoldsForTheNextRecord() {
    logs.append("own", "x".repeat(4000));
    logs.append("own", "x".repeat(4000));
    assertThat(bases(log("own"))).containsExactly(0L);

    logs.patch("own", Setting.SEGMENT_MAX_BYTES, 4096);
    logs.append("own", "y");

    assertThat(bases(log("own"))).containsExactly(0L, 2L);
  }

  @Test
  void aPatchedRecordSizeHoldsForTheNextAppend() {
    logs.append("plain", "just right");

    logs.patch("plain", Setting.MAX_RECORD_BYTES, 9);

    assertThat(logs.rejection("plain", LocalLogs.batch("too large?")))
        .isInstanceOf(Rejection.RecordTooLarge.class);
  }

  @Test
  void aPatchedLimitHoldsForTheNextRunOfRetention() {
    logs.append("plain", "0");
    var _ = logs.run("plain", new Seal());
    logs.clockMoves(60_000);
    assertThat(logs.run("plain", new ApplyRetention(Long.MAX_VALUE)).segments()).isEmpty();

    logs.patch("plain", Setting.RETENTION_MAX_AGE, 59_999);

    assertThat(log("plain").plan().segments().getFirst().deleteAt()).isEqualTo(START + 59_999);
    assertThat(logs.run("plain", new ApplyRetention(Long.MAX_VALUE)).segments()).hasSize(1);
  }

  @Test
  void aPatchLastsOverReopeningAndIsTakenBackByAReset() throws IOException {
    logs.patch("own", Setting.DURABILITY, 1);
    logs.reopen();
    assertThat(config("own").durability()).isEqualTo(Durability.BUFFERED);
    assertThat(config("own").segment().maxBytes()).isEqualTo(8192);

    var _ =
        logs.run(
            "own",
            new Configure(
                new SettingsPatch(
                    Map.of(), Set.of(Setting.DURABILITY, Setting.SEGMENT_MAX_BYTES))));
    logs.reopen();

    assertThat(config("own").durability()).isEqualTo(Durability.FSYNC);
    assertThat(config("own").segment().maxBytes()).isEqualTo(4096);
    assertThat(log("own").own().values()).isEmpty();
  }

  @Test
  void patchedDefaultsHoldAtOnceForLogsThatSayNothing() {
    logs.patchDefaults(patch(Setting.SEGMENT_MAX_BYTES, 5000));

    assertThat(config("plain").segment().maxBytes()).isEqualTo(5000);
    assertThat(config("own").segment().maxBytes()).isEqualTo(8192);
    assertThat(logs.create("new", Map.of()).config().segment().maxBytes()).isEqualTo(5000);
    assertThat(log("plain").own().values()).as("what the log says itself").isEmpty();
  }

  @Test
  void patchedDefaultsLastOverReopeningUntilTheyAreReset() throws IOException {
    logs.patchDefaults(patch(Setting.RETENTION_MAX_AGE, 7000));
    logs.reopen();
    assertThat(config("plain").retention().maxAge()).isEqualTo(Duration.ofSeconds(7));

    logs.patchDefaults(new SettingsPatch(Map.of(), Set.of(Setting.RETENTION_MAX_AGE)));
    assertThat(config("plain").retention().maxAge()).isNull();
    logs.reopen();

    assertThat(config("plain").retention().maxAge()).isNull();
  }

  @Test
  void noneWinsOverADefaultLimit() {
    logs.patchDefaults(patch(Setting.RETENTION_MAX_AGE, 7000));

    logs.patch("plain", Setting.RETENTION_MAX_AGE, Setting.NO_LIMIT);

    assertThat(config("plain").retention().maxAge()).isNull();
    assertThat(config("own").retention().maxAge()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void moreChangesThanAJournalHoldsAreAllKept() throws IOException {
    for (int i = 1; i <= 400; i++) {
      logs.patch("plain", Setting.RETENTION_MAX_BYTES, i);
      logs.patchDefaults(patch(Setting.RETENTION_MAX_AGE, i));
    }
    logs.reopen();

    assertThat(config("plain").retention().maxBytes()).isEqualTo(400);
    assertThat(config("plain").retention().maxAge()).isEqualTo(Duration.ofMillis(400));
  }

  private LogView log(String name) {
    return logs.commit().log(name);
  }

  private LogConfig config(String name) {
    return log(name).config();
  }
}
