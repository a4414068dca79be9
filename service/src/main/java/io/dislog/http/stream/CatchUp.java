package io.dislog.http.stream;

import io.dislog.http.exchange.BackpressuredOutput;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.EntityTag;
import io.dislog.http.server.LargeReads;
import io.dislog.log.RecordRange;
import io.dislog.shard.LogView;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;

/**
 * An answer with what a stream has from an offset on, as far as one answer goes (5.6). For one
 * virtual thread.
 */
final class CatchUp {

  private static final int MAX_RECORDS = 100_000;

  /** With 1 MiB a client that reads all got half as much in a second, with 16 MiB no more. */
  private static final long MAX_VALUE_BYTES = 4 << 20;

  private final ReadContext context;
  private final Exchange exchange;
  private final LogView log;
  private final StreamRead read;

  CatchUp(ReadContext context, Exchange exchange, LogView log, StreamRead read) {
    this.context = context;
    this.exchange = exchange;
    this.log = log;
    this.read = read;
  }

  /** Sends what is there from an offset on. */
  void send(long from) throws IOException {
    try (RecordRange range = log.range(from, MAX_RECORDS, MAX_VALUE_BYTES)) {
      ReadProgress progress = ReadProgress.at(log, range.nextOffset());
      if (isKnown(progress.entityTag(log, from))) {
        putHeaders(from, progress);
        exchange.send(304);
        return;
      }
      try (LargeReads.Turn turn = context.largeReads.begin(range.valueBytes())) {
        putHeaders(from, progress);
        send(range, turn);
      }
      context.meters.read(range.count(), range.valueBytes());
    }
  }

  /** Sends what others get too that are where this reader is, if that can be shared. */
  void sendShared(long from) throws IOException {
    Chunk chunk = context.chunks.take(log, from, Form.ofBody(ContentType.of(log)));
    if (chunk == null) {
      send(from);
      return;
    }
    putHeaders(from, ReadProgress.at(log, chunk.next()));
    context.meters.read(chunk.records(), chunk.valueBytes());
    HttpServerResponse response = exchange.response().setStatusCode(200);
    exchange.context().runOnContext(on -> ChunkSending.begin(exchange, chunk, response::end));
  }

  /** Whether a reader is so near to the end that it may be one of many there. */
  boolean isNearEnd(long from) throws IOException {
    return log.bytesBetween(from, log.extent().endOffset()) <= ChunkCache.MAX_VALUE_BYTES;
  }

  private void send(RecordRange range, BackpressuredOutput.Patience patience) throws IOException {
    Form form = Form.ofBody(ContentType.of(log));
    exchange.response().setStatusCode(200);
    exchange.with("Content-Length", Long.toString(form.size(range)));
    BackpressuredOutput out = new BackpressuredOutput(exchange, patience);
    form.write(range, out::write);
    out.end();
  }

  /** Says what the answer is that has all from one offset to another. */
  private void putHeaders(long from, ReadProgress progress) {
    exchange.with("Content-Type", ContentType.of(log).text());
    progress.tell(exchange);
    if (read.live() != StreamRead.Live.NO) {
      exchange.with(StreamHeader.CURSOR, context.next(read.cursor()));
    }
    if (read.isFromNow()) {
      exchange.with("Cache-Control", Caching.NOT);
    } else {
      exchange
          .with("ETag", progress.entityTag(log, from))
          .with("Cache-Control", Caching.of(log.traits(), context.clock.millis()));
    }
  }

  private boolean isKnown(String tag) {
    return read.live() == StreamRead.Live.NO
        && !read.isFromNow()
        && EntityTag.matches(exchange.headerList("If-None-Match"), tag);
  }
}
