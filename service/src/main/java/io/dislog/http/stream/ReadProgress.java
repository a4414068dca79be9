package io.dislog.http.stream;

import io.dislog.http.exchange.Exchange;
import io.dislog.shard.LogView;

/**
 * How far a reader of a stream is with what it has got.
 *
 * @param next the offset that it asks for next
 * @param upToDate whether there is nothing behind that yet
 * @param closed whether there never will be
 */
record ReadProgress(long next, boolean upToDate, boolean closed) {

  /** How far a reader is now that has all below an offset. */
  static ReadProgress at(LogView log, long next) {
    boolean closed = log.closed();
    boolean upToDate = next >= log.extent().endOffset();
    return new ReadProgress(next, upToDate, upToDate && closed);
  }

  /** Says it in headers. */
  void tell(Exchange exchange) {
    exchange.with(StreamHeader.NEXT_OFFSET, StreamOffset.print(next));
    if (upToDate) {
      exchange.with(StreamHeader.UP_TO_DATE, "true");
    }
    if (closed) {
      exchange.with(StreamHeader.CLOSED, "true");
    }
  }

  /** Says it as a server-sent event, which has a cursor for who has to come again. */
  String event(String cursor) {
    StringBuilder event = new StringBuilder("event: control\ndata:{\"streamNextOffset\":\"");
    event.append(StreamOffset.print(next)).append('"');
    if (!closed) {
      event.append(",\"streamCursor\":\"").append(cursor).append('"');
    }
    if (upToDate) {
      event.append(",\"upToDate\":true");
    }
    if (closed) {
      event.append(",\"streamClosed\":true");
    }
    return event.append("}\n\n").toString();
  }

  /** What tells the answer that ends here from all others (10.1). */
  String entityTag(LogView log, long from) {
    return "\"%s:%d:%d%s\"".formatted(log.id(), from, next, closed ? ":c" : "");
  }
}
