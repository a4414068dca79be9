package io.dislog.siege;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * What comes on one connection, taken apart into answers. An answer without a length is taken to
 * last until the connection is closed.
 */
final class Answers {

  private static final int MAX_HEAD = 64 << 10;

  private final Tally tally;
  private final StringBuilder head = new StringBuilder();
  private long bodyLeft;
  private boolean endless;

  Answers(Tally tally) {
    this.tally = tally;
  }

  /**
   * Takes what has come.
   *
   * @return how many answers it ended
   */
  int take(ByteBuffer bytes) {
    int ended = 0;
    while (bytes.hasRemaining() && !endless) {
      if (bodyLeft > 0) {
        int part = (int) Math.min(bodyLeft, bytes.remaining());
        bytes.position(bytes.position() + part);
        bodyLeft -= part;
        ended += bodyLeft == 0 ? 1 : 0;
      } else if (addToHead((char) bytes.get())) {
        ended += endHead();
      }
    }
    return ended;
  }

  private boolean addToHead(char next) {
    head.append(next);
    int length = head.length();
    return length >= MAX_HEAD
        || (next == '\n' && length >= 4 && head.substring(length - 4).equals("\r\n\r\n"));
  }

  /** 1 where the answer has ended with its head. */
  private int endHead() {
    String text = head.toString().toLowerCase(Locale.ROOT);
    head.setLength(0);
    String status = text.length() < 12 ? "?" : text.substring(9, 12);
    if (status.startsWith("1")) {
      return 0;
    }
    tally.answered(status);
    int length = text.indexOf("\r\ncontent-length:");
    if (length >= 0) {
      int from = length + "\r\ncontent-length:".length();
      bodyLeft = Long.parseLong(text.substring(from, text.indexOf("\r\n", from)).strip());
    }
    endless = text.contains("\r\ntransfer-encoding:") || text.contains("text/event-stream");
    return bodyLeft == 0 && !endless ? 1 : 0;
  }
}
