package io.dislog.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dislog.http.exchange.BackpressuredOutput;
import io.dislog.http.exchange.ClientGone;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Json;
import io.dislog.http.format.RecordJson;
import io.dislog.http.notation.MediaType;
import io.dislog.log.RecordRange;
import io.dislog.log.Region;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A range of records as an answer, in one of three formats. For one virtual thread. */
final class Page {

  private static final int COPY_BYTES = 64 << 10;

  /** How many more answers may have a file of their own open. */
  private static final Semaphore FILES = new Semaphore(64);

  private final Exchange exchange;
  private final LogView log;
  private final RecordRange range;
  private final BackpressuredOutput.Patience patience;

  /**
   * @param patience with a client that reads slowly
   */
  Page(Exchange exchange, LogView log, RecordRange range, BackpressuredOutput.Patience patience) {
    this.exchange = exchange;
    this.log = log;
    this.range = range;
    this.patience = patience;
  }

  void send(String format) throws IOException {
    exchange.response().setStatusCode(200);
    exchange.with("Content-Type", format);
    exchange.with("Dislog-Next-Offset", Long.toString(range.nextOffset()));
    switch (format) {
      case MediaType.NDJSON -> sendLines();
      case MediaType.BATCH -> sendFrames();
      default -> sendObject();
    }
  }

  private void sendObject() throws IOException {
    BackpressuredOutput out = new BackpressuredOutput(exchange, patience);
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("records");
      StoredRecord record;
      while ((record = range.next()) != null) {
        RecordJson.write(record, json);
      }
      json.writeEndArray();
      boolean closed = log.closed();
      boolean upToDate = range.nextOffset() >= log.extent().endOffset();
      json.writeNumberField("nextOffset", range.nextOffset());
      json.writeNumberField("earliestOffset", log.extent().earliestOffset());
      json.writeBooleanField("upToDate", upToDate);
      if (closed && upToDate) {
        json.writeBooleanField("closed", true);
      }
      json.writeEndObject();
    }
    out.end();
  }

  private void sendLines() throws IOException {
    BackpressuredOutput out = new BackpressuredOutput(exchange, patience);
    try (JsonGenerator json = Json.generator(out)) {
      StoredRecord record;
      while ((record = range.next()) != null) {
        RecordJson.write(record, json);
        json.writeRaw('\n');
      }
    }
    out.end();
  }

  private void sendFrames() throws IOException {
    exchange.with("Content-Length", Long.toString(range.bytes()));
    List<Region> regions = range.regions();
    if (regions.size() == 1 && !exchange.isHead()) {
      sendFile(regions.getFirst());
    } else {
      copyFrames();
    }
  }

  /**
   * The store's bytes go from file to socket without coming by the heap. That takes a descriptor of
   * its own; where there is none, they are copied from the file that is open.
   */
  private void sendFile(Region region) throws IOException {
    if (!FILES.tryAcquire()) {
      copyFrames();
      return;
    }
    try {
      transfer(region);
    } catch (ClientGone e) {
      if (exchange.response().headWritten() || exchange.response().closed()) {
        throw e;
      }
      copyFrames();
    } finally {
      FILES.release();
    }
  }

  private void transfer(Region region) throws IOException {
    HttpServerResponse response = exchange.response();
    Promise<Void> done = Promise.promise();
    exchange
        .context()
        .runOnContext(on ->
            response
                .sendFile(region.file().toString(), region.position(), region.size())
                .onComplete(done));
    BackpressuredOutput.await(done.future());
  }

  private void copyFrames() throws IOException {
    BackpressuredOutput out = new BackpressuredOutput(exchange, patience);
    ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
    long from = exchange.isHead() ? range.bytes() : 0;
    while (from < range.bytes()) {
      range.read(buffer.clear(), from);
      from += buffer.flip().remaining();
      out.write(buffer);
    }
    out.end();
  }
}
