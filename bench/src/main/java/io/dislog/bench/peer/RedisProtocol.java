package io.dislog.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dislog.bench.load.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Redis' protocol as far as appends need it: so many appends in one request, each of which is
 * answered by a string, and where replicas are waited for, a number behind them.
 *
 * <pre>
 * $3\r\n1-0\r\n   the entry's name
 * :1\r\n          replicas that have all of it
 * -ERR no\r\n     instead of either
 * </pre>
 *
 * Safe for use by many threads.
 */
final class RedisProtocol implements Protocol {

  /** Redis keeps a stream in memory: it gets no longer than about this. */
  private static final int MOST_ENTRIES = 100_000;

  private static final int WAIT_MILLIS = 30_000;

  private final int appends;
  private final int copies;

  /**
   * @param copies replicas that are waited for, or none
   */
  RedisProtocol(int appends, int copies) {
    this.appends = appends;
    this.copies = copies;
  }

  /** Appends entries with one field, all the same, to a stream. */
  byte[] request(String stream, byte[] value) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (int append = 0; append < appends; append++) {
      String head =
          "*8\r\n$4\r\nXADD\r\n%s$6\r\nMAXLEN\r\n$1\r\n~\r\n%s$1\r\n*\r\n$1\r\nv\r\n$%d\r\n"
              .formatted(word(stream), word(String.valueOf(MOST_ENTRIES)), value.length);
      request.writeBytes(head.getBytes(US_ASCII));
      request.writeBytes(value);
      request.writeBytes("\r\n".getBytes(US_ASCII));
    }
    if (copies > 0) {
      String wait =
          "*3\r\n$4\r\nWAIT\r\n" + word(String.valueOf(copies)) + word(String.valueOf(WAIT_MILLIS));
      request.writeBytes(wait.getBytes(US_ASCII));
    }
    return request.toByteArray();
  }

  private static String word(String text) {
    return "$%d\r\n%s\r\n".formatted(text.length(), text);
  }

  @Override
  public int end(ByteBuffer answer) {
    int end = 0;
    for (int count = 0; count < answers() && end >= 0; count++) {
      end = endOfOne(answer, end);
    }
    return end;
  }

  @Override
  public boolean succeeded(ByteBuffer answer) {
    int at = 0;
    for (int count = 0; count < appends; count++) {
      if (answer.get(at) != '$') {
        return false;
      }
      at = endOfOne(answer, at);
    }
    return copies == 0 || (answer.get(at) == ':' && number(answer, at + 1) >= copies);
  }

  private int answers() {
    return copies > 0 ? appends + 1 : appends;
  }

  /** Where the answer that begins at a position ends, or -1 while it is not whole. */
  private static int endOfOne(ByteBuffer answer, int begin) {
    int lines = begin < answer.position() && answer.get(begin) == '$' ? 2 : 1;
    for (int at = begin; at < answer.position(); at++) {
      if (answer.get(at) == '\n' && --lines == 0) {
        return at + 1;
      }
    }
    return -1;
  }

  private static int number(ByteBuffer answer, int begin) {
    int number = 0;
    for (int at = begin; answer.get(at) >= '0' && answer.get(at) <= '9'; at++) {
      number = 10 * number + answer.get(at) - '0';
    }
    return number;
  }
}
