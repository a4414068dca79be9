package io.dislog.http.api;

import io.dislog.command.Command.Trim;
import io.dislog.http.exchange.Accept;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.OpenRequests;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.exchange.Query;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.LargeReads;
import io.dislog.http.server.LogLookup;
import io.dislog.http.server.Meters;
import io.dislog.http.server.WaitingReads;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.RecordRange;
import io.dislog.shard.LogView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A log's records: read in ranges and as a stream, and trimmed. */
@Tag(name = "Records")
@Path("/v1/logs/{log}/records")
@Singleton
@RunOnVirtualThread
public final class RecordsResource {

  private static final List<String> FORMATS =
      List.of(MediaType.JSON, MediaType.NDJSON, MediaType.BATCH, MediaType.EVENTS);

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 10_000;
  private static final long DEFAULT_BYTES = 1 << 20;
  private static final long MAX_BYTES = 16 << 20;
  private static final long MAX_WAIT_MILLIS = 60_000;

  private final LogLookup logs;
  private final OpenRequests requests;
  private final WaitingReads waitingReads;
  private final LargeReads largeReads;
  private final Meters meters;

  @Inject
  RecordsResource(
      LogLookup logs,
      OpenRequests requests,
      WaitingReads waitingReads,
      LargeReads largeReads,
      Meters meters) {
    this.logs = logs;
    this.requests = requests;
    this.waitingReads = waitingReads;
    this.largeReads = largeReads;
    this.meters = meters;
  }

  @GET
  @Operation(
      operationId = "readRecords",
      summary = "Reads a range of records, or follows the log as a stream")
  @APIResponse(responseCode = "200", ref = "Records")
  public void read(@Context RoutingContext routing) throws IOException {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    String format = Accept.choose(exchange.headerList("Accept"), FORMATS);
    exchange.attempt(() -> {
      if (format.equals(MediaType.EVENTS)) {
        stream(exchange, log);
      } else {
        page(exchange, log, format);
      }
    });
  }

  @DELETE
  @Operation(operationId = "trimLog", summary = "Moves the earliest offset forward at once")
  @APIResponse(responseCode = "200", ref = "Log")
  public void trim(@Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    LogView log = logs.find(exchange);
    Query query = exchange.query();
    if (query.text("before") == null) {
      throw ProblemException.badRequest("'before' is missing");
    }
    logs.submit(log, new Trim(query.number("before", 0, 0, Long.MAX_VALUE)));
    exchange.sendJson(200, Descriptions.log(log));
  }

  private void stream(Exchange exchange, LogView log) throws IOException {
    ReadFrom where = new ReadFrom(exchange.query());
    String lastEventId = exchange.header("Last-Event-ID");
    long from = lastEventId == null ? where.in(log) : where.after(log, lastEventId);
    if (log.closed() && from == log.extent().endOffset()) {
      exchange.send(204); // Which ends that a browser connects again and again.
      return;
    }
    try (WaitingReads.Turn _ = waitingReads.begin()) {
      new EventStream(exchange, log, from, requests, largeReads, meters).run();
    }
  }

  private void page(Exchange exchange, LogView log, String format) throws IOException {
    Query query = exchange.query();
    ReadFrom where = new ReadFrom(query);
    int limit = (int) query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    long maxBytes = query.size("maxBytes", DEFAULT_BYTES, 1, MAX_BYTES);
    long wait = query.millis("wait", 0, MAX_WAIT_MILLIS);
    long from = where.in(log);
    await(exchange, log, from, wait);
    try (RecordRange range = range(log, where, from, limit, maxBytes);
        LargeReads.Turn turn =
            largeReads.begin(format.equals(MediaType.BATCH) ? 0 : range.valueBytes())) {
      new Page(exchange, log, range, turn).send(format);
      meters.read(range.count(), range.valueBytes());
    }
  }

  private void await(Exchange exchange, LogView log, long from, long wait) throws IOException {
    if (wait > 0 && from >= log.extent().endOffset()) {
      try (WaitingReads.Turn _ = waitingReads.begin()) {
        new LongPoll(exchange, log, requests).await(from, wait);
      }
    }
  }

  /** The range or, where it was trimmed meanwhile and may be clamped, the one that is left. */
  private static RecordRange range(LogView log, ReadFrom where, long from, int limit, long maxBytes)
      throws IOException {
    try {
      return log.range(from, limit, maxBytes);
    } catch (OffsetOutOfRangeException trimmed) {
      if (!where.clamp()) {
        throw trimmed;
      }
      return log.range(trimmed.earliestOffset(), limit, maxBytes);
    }
  }
}
