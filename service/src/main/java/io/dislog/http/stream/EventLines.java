package io.dislog.http.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes bytes as the data of one server-sent event, whatever lines they have: each gets its own
 * field, so that nothing in them begins a field, or ends the event. A line ends with LF, CR LF or
 * CR, as readers of events see it; they get LF for each. Used by one thread.
 */
final class EventLines implements ByteSink {

  private static final ByteBuffer FIELD =
      ByteBuffer.wrap("\ndata:".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

  private static final ByteBuffer SPACE = ByteBuffer.wrap(new byte[] {' '}).asReadOnlyBuffer();

  private final ByteSink out;
  private boolean afterReturn;
  private boolean atBegin;

  private EventLines(ByteSink out) {
    this.out = out;
  }

  /** Begins an event with its type and the first of its fields. */
  static EventLines begin(String type, ByteSink out) throws IOException {
    EventLines lines = new EventLines(out);
    out.write("event: " + type);
    lines.beginLine();
    return lines;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    int from = bytes.position();
    for (int at = from; at < limit; at++) {
      byte b = bytes.get(at);
      if (b == '\n' && afterReturn) {
        from = at + 1;
      } else if (b == '\n' || b == '\r') {
        writeWithin(bytes, from, at);
        beginLine();
        from = at + 1;
      }
      afterReturn = b == '\r';
    }
    writeWithin(bytes, from, limit);
  }

  /** Ends the event. */
  void end() throws IOException {
    out.write("\n\n");
  }

  private void beginLine() throws IOException {
    out.write(FIELD.duplicate());
    atBegin = true;
  }

  /** Readers take a space at a field's begin away, so one that is meant needs another. */
  private void writeWithin(ByteBuffer bytes, int from, int to) throws IOException {
    if (from < to) {
      if (atBegin && bytes.get(from) == ' ') {
        out.write(SPACE.duplicate());
      }
      atBegin = false;
      out.write(bytes.slice(from, to - from));
    }
  }
}
