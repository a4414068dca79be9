package io.dislog.bench;

import io.dislog.bench.load.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Redis' protocol, for answers that are one string. Safe for use by many threads. */
final class RedisProtocol implements Protocol {

  /** Appends one entry with one field to a stream. */
  static byte[] append(String stream, byte[] value) {
    byte[] head =
        "*5\r\n$4\r\nXADD\r\n$%d\r\n%s\r\n$1\r\n*\r\n$1\r\nv\r\n$%d\r\n"
            .formatted(stream.length(), stream, value.length)
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + value.length + 2)
        .put(head)
        .put(value)
        .put((byte) '\r')
        .put((byte) '\n')
        .array();
  }

  /** Either {@code -error\r\n} or {@code $length\r\nstring\r\n}. */
  @Override
  public int end(ByteBuffer answer) {
    int lines = answer.position() > 0 && answer.get(0) == '$' ? 2 : 1;
    for (int at = 0; at < answer.position(); at++) {
      if (answer.get(at) == '\n' && --lines == 0) {
        return at + 1;
      }
    }
    return -1;
  }

  @Override
  public boolean succeeded(ByteBuffer answer) {
    return answer.get(0) == '$';
  }
}
