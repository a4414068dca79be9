package io.dislog.http.format;

import java.nio.ByteBuffer;

/** One record per line; the lines are not parsed. */
final class NdjsonFormat implements BatchFormat {

  @Override
  public Batch parse(ByteBuffer body, Batch batch) {
    int start = body.position();
    for (int at = start; at < body.limit(); at++) {
      if (body.get(at) == '\n') {
        boolean carriage = at > start && body.get(at - 1) == '\r';
        addLine(batch, body, start, carriage ? at - 1 : at);
        start = at + 1;
      }
    }
    addLine(batch, body, start, body.limit());
    return batch;
  }

  private static void addLine(Batch batch, ByteBuffer body, int start, int end) {
    if (end > start) {
      batch.add(body.slice(start, end - start));
    }
  }
}
