package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dislog.history.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The body of an append.
 *
 * @param ids of the records that it carries
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these by their bytes.
record Payload(String contentType, byte[] body, List<String> ids) {

  private static final int MAX_RECORDS = 6;
  private static final int MAX_FILLING = 400;

  /** One record or a few, in any of the formats. */
  static Payload random(String client, long firstNumber, Random random) {
    int count = random.nextBoolean() ? 1 : 1 + random.nextInt(MAX_RECORDS);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(Value.id(client, firstNumber + i));
    }
    List<byte[]> values =
        ids.stream().map(id -> Value.bytes(id, random.nextInt(MAX_FILLING))).toList();
    return switch (random.nextInt(count == 1 ? 4 : 3)) {
      case 0 -> new Payload(Api.NDJSON, lines(values), ids);
      case 1 -> new Payload(Api.JSON_BATCH, json(values), ids);
      case 2 -> new Payload(Api.FRAMES, frames(values), ids);
      default -> new Payload(Api.BYTES, values.getFirst(), ids);
    };
  }

  private static byte[] lines(List<byte[]> values) {
    return values.stream()
        .map(value -> new String(value, UTF_8))
        .collect(Collectors.joining("\n"))
        .getBytes(UTF_8);
  }

  private static byte[] json(List<byte[]> values) {
    return values.stream()
        .map(value -> "{\"value\":\"%s\"}".formatted(new String(value, UTF_8)))
        .collect(Collectors.joining(",", "{\"records\":[", "]}"))
        .getBytes(UTF_8);
  }

  private static byte[] frames(List<byte[]> values) {
    Frames frames = new Frames();
    values.forEach(frames::add);
    return frames.bytes();
  }
}
