package io.dislog.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * A request's head while it comes, looked at line by line before it is decoded: the decoder joins
 * folded lines, and would not tell. For one thread.
 *
 * <p>Its bytes stay in the buffer until it is whole; each is looked at once.
 */
final class Head {

  private static final int MOST_PATH_BYTES = 1 << 10;

  private final int maxLineBytes;
  private final int maxHeaderBytes;
  private int seen;
  private int line;
  private int firstLine;

  /**
   * @param maxLineBytes of the request line
   * @param maxHeaderBytes of all other lines
   */
  Head(int maxLineBytes, int maxHeaderBytes) {
    this.maxLineBytes = maxLineBytes;
    this.maxHeaderBytes = maxHeaderBytes;
  }

  /** Begins with the next one. */
  void reset() {
    seen = 0;
    line = 0;
    firstLine = 0;
  }

  /**
   * Looks at what has come.
   *
   * @param in from the first byte of the head on
   * @return whether the head is whole
   */
  boolean isWhole(ByteBuf in) throws Flawed {
    int begin = in.readerIndex();
    while (true) {
      int newline = in.indexOf(begin + seen, in.writerIndex(), (byte) '\n');
      int end = newline < 0 ? in.readableBytes() : newline - begin;
      checkSize(end);
      if (newline < 0) {
        seen = end;
        return false;
      }
      seen = end + 1;
      if (end == line || in.getByte(newline - 1) != '\r') {
        throw Flawed.malformed("a line of the head does not end with CR LF");
      }
      if (end - 1 == line) {
        return true;
      }
      if (line == 0) {
        checkRequestLine(in, begin, newline - 1);
        firstLine = seen;
      } else {
        checkHeader(in, begin + line, newline - 1);
      }
      line = seen;
    }
  }

  /** Bytes that were looked at. */
  int size() {
    return seen;
  }

  /** The path that is asked for, as far as it has come. */
  String path(ByteBuf in) {
    int begin = in.readerIndex();
    int end = Math.min(in.writerIndex(), begin + maxLineBytes);
    int space = in.indexOf(begin, end, (byte) ' ');
    if (space < 0) {
      return "";
    }
    int to = space + 1;
    while (to < end
        && to - space <= MOST_PATH_BYTES
        && in.getByte(to) > ' '
        && in.getByte(to) != '?') {
      to++;
    }
    return in.toString(space + 1, to - space - 1, StandardCharsets.US_ASCII);
  }

  private void checkSize(int end) throws Flawed {
    if (firstLine == 0 && end > maxLineBytes) {
      throw new Flawed(
          Flaw.LINE_TOO_LONG, "the request line is longer than %d bytes".formatted(maxLineBytes));
    }
    if (firstLine > 0 && end - firstLine > maxHeaderBytes) {
      throw new Flawed(
          Flaw.HEADERS_TOO_LARGE, "the headers are larger than %d bytes".formatted(maxHeaderBytes));
    }
  }

  /** A method, a target and a version with one space between each. */
  private static void checkRequestLine(ByteBuf in, int from, int to) throws Flawed {
    int method = in.indexOf(from, to, (byte) ' ');
    int target = method < 0 ? -1 : in.indexOf(method + 1, to, (byte) ' ');
    if (method <= from || target <= method + 1 || target + 1 == to) {
      throw Flawed.malformed("the request line is not a method, a target and a version");
    }
    for (int i = from; i < to; i++) {
      byte b = in.getByte(i);
      boolean sound = i < method ? Tokens.isToken(b) : i == method || i == target || isTarget(b);
      if (!sound) {
        throw Flawed.malformed("a character of the request line may not stand there");
      }
    }
  }

  private static boolean isTarget(byte b) {
    return b > ' ' ? b != 0x7f : b < 0;
  }

  private static void checkHeader(ByteBuf in, int from, int to) throws Flawed {
    byte first = in.getByte(from);
    if (first == ' ' || first == '\t') {
      throw Flawed.malformed("a header is folded over two lines");
    }
    int at = from;
    while (at < to && Tokens.isToken(in.getByte(at))) {
      at++;
    }
    if (at == to || in.getByte(at) != ':') {
      throw Flawed.malformed(
          "a header's name has a character that none may have, or no colon follows it");
    }
    if (at == from) {
      throw Flawed.malformed("a header has no name");
    }
    for (int i = at + 1; i < to; i++) {
      if (!Tokens.isValue(in.getByte(i))) {
        throw Flawed.malformed("a header's value has a control character");
      }
    }
  }
}
