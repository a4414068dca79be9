package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.Command.Appended;
import io.dislog.command.Consumer;
import io.dislog.command.LogConfig;
import io.dislog.disk.LocalDisk;
import io.dislog.journal.Journal;
import io.dislog.log.Record;
import io.dislog.log.SegmentInfo;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data directories of every format version are read, and today's files are as they always were. */
final class GoldenFilesTest {

  @TempDir Path data;

  @BeforeEach
  void copyGoldenFiles() throws Exception {
    Folders.copy(Folders.golden("v1"), data);
  }

  @Test
  void version1IsReadRecordByRecord() throws IOException {
    try (LocalLogs logs = LocalLogs.in(data)) {
      LogView orders = logs.commit().log("orders");
      assertThat(orders.extent().earliestOffset()).isEqualTo(GoldenData.TRIMMED);
      long offset = 0;
      long time = LocalLogs.START;
      for (List<Record> batch : GoldenData.orders()) {
        for (int i = 0; i < batch.size(); i++) {
          if (offset >= GoldenData.TRIMMED) {
            StoredRecord expected =
                new StoredRecord(offset, time, i + 1 < batch.size(), batch.get(i));
            assertThat(orders.read(offset)).isEqualTo(expected);
          }
          offset++;
        }
        time += 1000;
      }
      assertThat(orders.extent().endOffset()).isEqualTo(offset);
      assertThat(LocalLogs.readAll(logs.commit().log("clicks"))).isEqualTo(GoldenData.clicks());
    }
  }

  @Test
  void version1HasItsSegmentsSettingsAndConsumers() throws IOException {
    try (LocalLogs logs = LocalLogs.in(data)) {
      LogView orders = logs.commit().log("orders");
      LogView clicks = logs.commit().log("clicks");

      assertThat(orders.segments()).extracting(SegmentInfo::baseOffset).containsExactly(5L, 8L);
      assertThat(clicks.segments()).extracting(SegmentInfo::sealed).containsExactly(true, false);
      assertThat(orders.own().values()).isEqualTo(Map.of(Setting.SEGMENT_MAX_BYTES, 4096L));
      assertThat(clicks.own().values())
          .isEqualTo(Map.of(Setting.DURABILITY, 1L, Setting.RETENTION_MAX_AGE, -1L));
      assertThat(LogConfig.of(logs.commit().defaults()).retention().maxBytes()).isEqualTo(1L << 30);
      long then = LocalLogs.START + 8000;
      assertThat(orders.consumers())
          .containsExactly(new Consumer("audit", 0, then), new Consumer("billing", 7, then));
    }
  }

  @Test
  void version1IsGoneOnWith() throws IOException {
    try (LocalLogs logs = LocalLogs.in(data)) {
      long end = logs.commit().log("orders").extent().endOffset();

      Appended repeat =
          logs.run(
              "orders", GoldenData.append(GoldenData.orders().get(6), GoldenData.LAST_REQUEST));
      assertThat(repeat)
          .isEqualTo(
              new Appended(10, 2, LocalLogs.START + 6000, true, GoldenData.LAST_REQUEST.seq()));

      assertThat(logs.append("orders", "more").baseOffset()).isEqualTo(end);
      assertThat(logs.append("clicks", "more").baseOffset()).isEqualTo(40);
      logs.reopen();
      assertThat(LocalLogs.readAll(logs.commit().log("clicks"))).hasSize(41).endsWith("more");
      assertThat(LocalLogs.readAll(logs.commit().log("orders"))).endsWith("last", "more");
    }
  }

  @Test
  void storesAndIndexesAreStillWrittenByteByByte(@TempDir Path today) throws IOException {
    GoldenData.write(today);

    Map<String, String> written = Folders.files(today, ".store", ".index");
    Map<String, String> golden = Folders.files(data, ".store", ".index");

    assertThat(written.keySet()).isEqualTo(golden.keySet());
    golden.forEach((name, bytes) -> assertThat(written.get(name)).as(name).isEqualTo(bytes));
  }

  /** But for the ids of the logs, which are random. */
  @Test
  void journalsAreStillWrittenEntryByEntry(@TempDir Path today) throws IOException {
    GoldenData.write(today);

    for (String folder : List.of("defaults", "logs/orders", "logs/clicks")) {
      assertThat(entries(today.resolve(folder)))
          .as(folder)
          .isEqualTo(entries(data.resolve(folder)));
    }
  }

  private static List<String> entries(Path folder) throws IOException {
    List<String> entries = new ArrayList<>();
    Journal.open(new LocalDisk(), folder, entry -> entries.add(withoutId(entry))).close();
    return entries;
  }

  private static String withoutId(ByteBuffer entry) {
    byte[] bytes = new byte[entry.remaining()];
    entry.get(bytes);
    return bytes[0] == 1 ? "01, an id of " + (bytes.length - 1) : HexFormat.of().formatHex(bytes);
  }
}
