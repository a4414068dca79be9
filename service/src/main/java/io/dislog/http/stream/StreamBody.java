package io.dislog.http.stream;

import io.dislog.http.exchange.Exchange;
import io.dislog.http.format.Batch;
import io.dislog.http.format.BatchFormat;
import io.dislog.http.format.JsonArrayFormat;
import io.dislog.http.format.PieceFormat;

/** The records that a request's body is: messages of JSON, or pieces of bytes. */
final class StreamBody {

  private StreamBody() {}

  /**
   * Reads a body.
   *
   * @param maxRecordBytes that the log takes
   * @return a batch that has no records where the body is empty, or an empty array
   */
  static Batch read(Exchange exchange, ContentType type, int maxRecordBytes) {
    BatchFormat format = type.isJson() ? new JsonArrayFormat() : new PieceFormat(maxRecordBytes);
    Batch batch = format.parse(exchange.body(), new Batch(exchange::grow));
    batch.settle();
    return batch;
  }
}
