package io.dislog.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * HTTP/1.1 as far as a benchmark needs it: answers with a Content-Length, or without a body. Safe
 * for use by many threads.
 */
public final class HttpProtocol implements Protocol {

  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int LOWER_CASE = 0x20;

  /** A request as it goes over the wire. */
  public static byte[] post(String path, String contentType, String furtherHeaders, byte[] body) {
    byte[] head =
        """
        POST %s HTTP/1.1
        Host: localhost
        Content-Type: %s
        Content-Length: %d
        %s
        """
            .formatted(path, contentType, body.length, furtherHeaders)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
  }

  @Override
  public int end(ByteBuffer answer) {
    int limit = answer.position();
    int length = 0;
    int line = 0;
    for (int at = 0; at < limit; at++) {
      if (answer.get(at) == '\n') {
        if (at - line <= 1) {
          return at + 1 + length <= limit ? at + 1 + length : -1;
        }
        line = at + 1;
        length = beginsContentLength(answer, line, limit) ? number(answer, line) : length;
      }
    }
    return -1;
  }

  @Override
  public boolean succeeded(ByteBuffer answer) {
    return answer.get(STATUS_AT) == '2';
  }

  private static boolean beginsContentLength(ByteBuffer answer, int line, int limit) {
    if (line + CONTENT_LENGTH.length > limit) {
      return false;
    }
    for (int i = 0; i < CONTENT_LENGTH.length; i++) {
      if ((answer.get(line + i) | LOWER_CASE) != (CONTENT_LENGTH[i] | LOWER_CASE)) {
        return false;
      }
    }
    return true;
  }

  /** The digits in a Content-Length line; a line that isn't whole is asked for again. */
  private static int number(ByteBuffer answer, int line) {
    int number = 0;
    int at = line + CONTENT_LENGTH.length;
    while (at < answer.position() && answer.get(at) != '\r') {
      int digit = answer.get(at++) - '0';
      number = digit >= 0 && digit <= 9 ? number * 10 + digit : number;
    }
    return number;
  }
}
