package io.dislog.http.api;

import io.dislog.api.Digits;
import io.dislog.http.exchange.BackpressuredOutput;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.format.RawFormat;
import io.dislog.http.format.RecordJson;
import io.dislog.http.notation.EntityTag;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.Percent;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Time;
import io.dislog.http.notation.Utf8;
import io.dislog.http.server.LargeReads;
import io.dislog.http.server.LogLookup;
import io.dislog.http.server.Meters;
import io.dislog.log.Record;
import io.dislog.log.RecordRange;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One record, its value as the body. */
@Tag(name = "Records")
@Path("/v1/logs/{log}/records/{offset}")
@Singleton
@RunOnVirtualThread
public final class RecordResource {

  private static final int MAX_KEY_CHARACTERS = 8 << 10;

  private final LogLookup logs;
  private final LargeReads largeReads;
  private final Meters meters;

  @Inject
  RecordResource(LogLookup logs, LargeReads largeReads, Meters meters) {
    this.logs = logs;
    this.largeReads = largeReads;
    this.meters = meters;
  }

  @GET
  @Operation(operationId = "readRecord", summary = "Reads one record, its value as the body")
  @APIResponse(responseCode = "200", ref = "Record")
  @APIResponse(responseCode = "304", ref = "NotModified")
  public void read(@Context RoutingContext routing) throws IOException {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    long offset = Digits.parse(exchange.path().parameter("offset")).orElseThrow();
    exchange.attempt(() -> send(exchange, log, offset));
  }

  private void send(Exchange exchange, LogView log, long offset) throws IOException {
    try (RecordRange range = range(log, offset)) {
      String tag = "\"" + log.id() + "-" + offset + "\"";
      exchange.with("ETag", tag).with("Cache-Control", "private, max-age=31536000, immutable");
      if (EntityTag.matches(exchange.headerList("If-None-Match"), tag)) {
        exchange.send(304);
        return;
      }
      try (LargeReads.Turn turn = largeReads.begin(range.valueBytes())) {
        send(exchange, log, Objects.requireNonNull(range.next()), turn);
      }
      meters.read(1, range.valueBytes());
    }
  }

  private static RecordRange range(LogView log, long offset) throws IOException {
    RecordRange range = log.range(offset, 1, 1);
    if (range.count() == 0) {
      range.close();
      throw new ProblemException(
          ProblemType.UNKNOWN_RECORD, "offset %d is the end: not written yet".formatted(offset));
    }
    return range;
  }

  private static void send(
      Exchange exchange, LogView log, StoredRecord stored, BackpressuredOutput.Patience patience)
      throws IOException {
    Record record = stored.record();
    exchange.response().setStatusCode(200);
    exchange
        .with("Content-Type", contentType(log, record))
        .with("Content-Length", Integer.toString(record.valueSize()))
        .with("Dislog-Offset", Long.toString(stored.offset()))
        .with("Dislog-Next-Offset", Long.toString(stored.offset() + 1))
        .with("Dislog-Timestamp", Time.print(stored.time()));
    String key = key(record);
    if (key != null) {
      exchange.with("Dislog-Key", key);
    }
    BackpressuredOutput out = new BackpressuredOutput(exchange, patience);
    out.write(record.value());
    out.end();
  }

  private static @Nullable String key(Record record) {
    ByteBuffer key = record.key();
    String encoded = key == null ? null : Percent.encode(key);
    return encoded == null || encoded.length() > MAX_KEY_CHARACTERS ? null : encoded;
  }

  /** The media type that the record was appended with, or the log's; it can stand in a header. */
  private static String contentType(LogView log, Record record) {
    ByteBuffer kept = RecordJson.header(record, RawFormat.CONTENT_TYPE);
    String type = kept == null ? "" : Utf8.decode(kept);
    boolean printable = type.chars().allMatch(c -> c >= ' ' && c != 0x7F && c <= 0xFF);
    if (!type.isBlank() && printable) {
      return type;
    }
    String ofAll = log.traits().contentType();
    return ofAll == null ? MediaType.BYTES : ofAll;
  }
}
