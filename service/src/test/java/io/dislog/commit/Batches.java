package io.dislog.commit;

import io.dislog.command.Command.Append;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.log.Record;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Batches of random records, no two of them alike; some span segments of 4 KiB. */
final class Batches {

  private final Random random;
  private int batches;

  Batches(Random random) {
    this.random = random;
  }

  Append append(@Nullable ProducerStamp stamp) {
    List<Record> records = batch();
    long size = Record.sizeOf(records);
    return new Append(records, null, stamp, size);
  }

  private List<Record> batch() {
    int id = batches++;
    int kind = random.nextInt(12);
    int count = kind == 0 ? 8 : kind < 6 ? 1 : 1 + random.nextInt(5);
    List<Record> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = kind == 0 ? 1500 : kind == 1 ? 9000 : random.nextInt(400);
      batch.add(record(id + ":" + i, size));
    }
    return batch;
  }

  private Record record(String key, int size) {
    byte[] value = new byte[size];
    random.nextBytes(value);
    return new Record(
        ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)), List.of(), ByteBuffer.wrap(value));
  }
}
