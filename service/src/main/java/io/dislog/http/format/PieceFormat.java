package io.dislog.http.format;

import java.nio.ByteBuffer;

/** A body whose bytes are the values of as few records as can hold them. */
public final class PieceFormat implements BatchFormat {

  private final int maxBytes;

  /**
   * @param maxBytes of a record's value
   */
  public PieceFormat(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public Batch parse(ByteBuffer body, Batch batch) {
    for (int from = body.position(); from < body.limit(); from += maxBytes) {
      batch.add(body.slice(from, Math.min(maxBytes, body.limit() - from)));
    }
    return batch;
  }
}
