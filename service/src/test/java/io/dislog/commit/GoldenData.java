package io.dislog.commit;

import io.dislog.api.Setting;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Command.Seal;
import io.dislog.command.Command.Trim;
import io.dislog.command.OffsetSpec;
import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the golden data directories hold, and how they are made.
 *
 * <p>A directory is made once, for a new format version, by running this class with the folder's
 * path ({@code service/src/test/resources/golden/v2}, say) as its argument, and is never made
 * again: it stands for all the directories that were written before the next version. Where a
 * change of the code makes the bytes differ and the version is the same, the change is wrong.
 */
final class GoldenData {

  static final int TRIMMED = 6;
  static final ProducerStamp LAST_REQUEST = new ProducerStamp("till-7", 2, 1);

  private GoldenData() {}

  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]));
  }

  /** Writes all of it into a folder, and closes it. */
  static void write(Path folder) throws IOException {
    try (LocalLogs logs = LocalLogs.in(folder)) {
      logs.patchDefaults(LocalLogs.patch(Setting.RETENTION_MAX_BYTES, 1L << 30));
      writeOrders(logs);
      writeClicks(logs);
    }
  }

  /** Batch by batch, with a second between them. */
  static List<List<Record>> orders() {
    return List.of(
        List.of(record("first", null, Map.of())),
        List.of(record("second", null, Map.of()), record("third", "key", Map.of())),
        List.of(record("fills a segment ".repeat(200), null, Map.of())),
        List.of(record("larger than a segment ".repeat(250), null, Map.of())),
        List.of(
            record("", "an empty value", Map.of()),
            record("grüße, 世界", "schlüssel", Map.of("content-type", "text/plain")),
            record("over ".repeat(500), null, Map.of()),
            record("segments ".repeat(300), "k", Map.of("empty", ""))),
        List.of(record("by a producer", null, Map.of())),
        List.of(record("by it again", null, Map.of()), record("\u0000\u007f", null, Map.of())),
        List.of(record("last", null, Map.of())));
  }

  /** Each a batch of its own, all at one time. */
  static List<String> clicks() {
    List<String> clicks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      clicks.add("click " + i);
    }
    return clicks;
  }

  private static void writeOrders(LocalLogs logs) {
    logs.create("orders", Map.of(Setting.SEGMENT_MAX_BYTES, 4096L));
    List<List<Record>> batches = orders();
    for (int i = 0; i < batches.size(); i++) {
      ProducerStamp stamp =
          switch (i) {
            case 5 -> new ProducerStamp("till-7", 2, 0);
            case 6 -> LAST_REQUEST;
            default -> null;
          };
      var _ = logs.run("orders", append(batches.get(i), stamp));
      logs.clockMoves(1000);
    }
    var _ = logs.run("orders", new MoveConsumer("billing", new OffsetSpec.At(7), null));
    var _ = logs.run("orders", new MoveConsumer("audit", new OffsetSpec.Earliest(), null));
    var _ = logs.run("orders", new Trim(TRIMMED));
  }

  /** A log that buffers, with an index that promises nothing behind one that is sealed. */
  private static void writeClicks(LocalLogs logs) {
    logs.create("clicks", Map.of(Setting.DURABILITY, 1L, Setting.RETENTION_MAX_AGE, -1L));
    List<String> clicks = clicks();
    for (int i = 0; i < clicks.size(); i++) {
      if (i == 30) {
        var _ = logs.run("clicks", new Seal());
      }
      logs.append("clicks", clicks.get(i));
    }
  }

  static Append append(List<Record> records, @Nullable ProducerStamp stamp) {
    long size = Record.sizeOf(records);
    return new Append(records, null, stamp, size);
  }

  private static Record record(String value, @Nullable String key, Map<String, String> headers) {
    List<Header> list = new ArrayList<>();
    headers.forEach((name, text) -> list.add(new Header(bytes(name), bytes(text))));
    return new Record(key == null ? null : bytes(key), list, bytes(value));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
