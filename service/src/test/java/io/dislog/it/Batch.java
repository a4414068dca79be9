package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * Records that are appended by one request. Everything about them follows from the batch's number,
 * so that whoever finds a record can tell what it must be.
 *
 * @param id its own among all batches of a log
 * @param kind how it is sent
 * @param count records in it
 */
record Batch(long id, Kind kind, int count) {

  private static final int MAX_PADDING = 1500;

  /** How records are sent. */
  enum Kind {
    SINGLE,
    LINES,
    JSON,
    FRAMES
  }

  /** The batch's number in a record's value. */
  static long id(byte[] value) {
    return number(value, 0);
  }

  /** The record's place in its batch in a record's value. */
  static int index(byte[] value) {
    return (int) number(value, 1);
  }

  String contentType() {
    return switch (kind) {
      case SINGLE -> Api.BYTES;
      case LINES -> Api.NDJSON;
      case JSON -> Api.JSON_BATCH;
      case FRAMES -> Api.FRAMES;
    };
  }

  /** The body of the request that appends it. */
  byte[] body() {
    return switch (kind) {
      case SINGLE -> value(0);
      case LINES -> lines();
      case JSON -> json();
      case FRAMES -> frames();
    };
  }

  /** The value of one of its records: its batch, its place there, and more. */
  byte[] value(int index) {
    Random random = new Random(id * 1000 + index);
    byte[] head = "%d/%d/".formatted(id, index).getBytes(UTF_8);
    byte[] value = Arrays.copyOf(head, head.length + random.nextInt(MAX_PADDING));
    for (int i = head.length; i < value.length; i++) {
      value[i] = (byte) (isText() ? 'a' + random.nextInt(26) : random.nextInt(256));
    }
    return value;
  }

  /** Whether that record is what one of this batch must be. */
  boolean sent(Received record) {
    int index = index(record.value());
    boolean marked = kind == Kind.FRAMES || kind == Kind.JSON;
    return index < count
        && Arrays.equals(value(index), record.value())
        && (marked ? key(index).equals(record.key()) : record.key() == null)
        && record.headers().equals(marked ? headers() : Map.of());
  }

  private boolean isText() {
    return kind == Kind.LINES || kind == Kind.JSON;
  }

  private String key(int index) {
    return "schlüssel-" + index;
  }

  private Map<String, String> headers() {
    return Map.of("batch", Long.toString(id));
  }

  private byte[] lines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(new String(value(i), UTF_8)).append('\n');
    }
    return lines.toString().getBytes(UTF_8);
  }

  private byte[] json() {
    StringBuilder json = new StringBuilder("{\"records\":[");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"value\":\"%s\",".formatted(new String(value(i), UTF_8)))
          .append("\"key\":\"%s\",\"headers\":{\"batch\":\"%d\"}}".formatted(key(i), id));
    }
    return json.append("]}").toString().getBytes(UTF_8);
  }

  private byte[] frames() {
    Frames frames = new Frames();
    for (int i = 0; i < count; i++) {
      frames.add(key(i), headers(), value(i));
    }
    return frames.bytes();
  }

  private static long number(byte[] value, int place) {
    String head = new String(value, 0, Math.min(value.length, 40), UTF_8);
    String[] numbers = head.split("/", 3);
    return numbers.length < 3 ? -1 : Long.parseLong(numbers[place]);
  }
}
