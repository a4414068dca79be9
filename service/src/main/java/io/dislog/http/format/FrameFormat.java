package io.dislog.http.format;

import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.Utf8;
import io.dislog.log.Frame;
import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Binary frames, big-endian.
 *
 * <pre>
 *   u32 length of what follows
 *   u8  flags: bit 0 a key follows, bit 1 headers follow
 *   [u32 length, key] [u16 count, count x {u16 length, name, u32 length, value}]
 *   the value: the rest
 * </pre>
 */
final class FrameFormat implements BatchFormat {

  private static final int KNOWN = Frame.KEY | Frame.HEADERS;

  @Override
  public Batch parse(ByteBuffer body, Batch batch) {
    ByteBuffer rest = body.duplicate();
    while (rest.hasRemaining()) {
      int index = batch.count();
      int length = rest.remaining() < Integer.BYTES ? -1 : rest.getInt();
      if (length < 1 || length > rest.remaining()) {
        throw ProblemException.malformed(index, "its length does not fit the body");
      }
      batch.add(record(index, rest.slice(rest.position(), length)));
      rest.position(rest.position() + length);
    }
    return batch;
  }

  private static Record record(int index, ByteBuffer frame) {
    int flags = frame.get() & 0xFF;
    if ((flags & ~KNOWN) != 0) {
      throw ProblemException.malformed(
          index, "flags 0x%02x: only bits 0 and 1 may be set".formatted(flags));
    }
    ByteBuffer key =
        (flags & Frame.KEY) == 0 ? null : text(index, frame, length(index, frame), "the key");
    List<Header> headers = (flags & Frame.HEADERS) == 0 ? List.of() : headers(index, frame);
    return new Record(key, headers, frame.slice());
  }

  private static List<Header> headers(int index, ByteBuffer frame) {
    Headers headers = new Headers(index);
    for (int count = shortLength(index, frame); count > 0; count--) {
      ByteBuffer name = text(index, frame, shortLength(index, frame), "a header's name");
      headers.add(name, text(index, frame, length(index, frame), "a header's value"));
    }
    return headers.list();
  }

  private static int length(int index, ByteBuffer frame) {
    if (frame.remaining() < Integer.BYTES) {
      throw ProblemException.malformed(index, "it ends within a length");
    }
    return frame.getInt();
  }

  private static int shortLength(int index, ByteBuffer frame) {
    if (frame.remaining() < Short.BYTES) {
      throw ProblemException.malformed(index, "it ends within a length");
    }
    return frame.getShort() & 0xFFFF;
  }

  private static ByteBuffer text(int index, ByteBuffer frame, int size, String what) {
    if (size < 0 || size > frame.remaining()) {
      throw ProblemException.malformed(index, what + " is longer than the frame");
    }
    ByteBuffer text = frame.slice(frame.position(), size);
    if (Utf8.invalidAt(text) >= 0) {
      throw ProblemException.malformed(index, what + " is not UTF-8");
    }
    frame.position(frame.position() + size);
    return text;
  }
}
