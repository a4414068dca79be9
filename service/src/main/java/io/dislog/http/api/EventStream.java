package io.dislog.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dislog.http.exchange.BackpressuredOutput;
import io.dislog.http.exchange.ClientGone;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.OpenRequests;
import io.dislog.http.format.RecordJson;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.LargeReads;
import io.dislog.http.server.Meters;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.RecordRange;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import io.dislog.shard.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A log's records as server-sent events, from an offset on and as they are committed. For one
 * virtual thread.
 *
 * <p>Nothing is buffered for a reader but what {@link BackpressuredOutput} has on its way: the next
 * events are read from the log when the connection has taken the last ones. {@link Lag} says when a
 * reader that had caught up is too slow. The stream ends when the log is deleted, when it is
 * trimmed beyond what the reader has got, with a last event when it is closed and all of it was
 * sent, and when the service stops.
 */
final class EventStream {

  private static final long HEARTBEAT_MILLIS = Duration.ofSeconds(15).toMillis();
  private static final int RECORDS_PER_READ = 1000;
  private static final long VALUE_BYTES_PER_READ = 64 << 10;
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Exchange exchange;
  private final LogView log;
  private final OpenRequests requests;
  private final LargeReads largeReads;
  private final Meters meters;
  private final Lag lag;
  private final BackpressuredOutput out;
  private final Signal signal = new Signal();
  private long next;
  private long lastSent = System.nanoTime();

  /**
   * @param from the offset of the first event
   */
  EventStream(
      Exchange exchange,
      LogView log,
      long from,
      OpenRequests requests,
      LargeReads largeReads,
      Meters meters) {
    this.exchange = exchange;
    this.log = log;
    this.next = from;
    this.requests = requests;
    this.largeReads = largeReads;
    this.meters = meters;
    this.lag = new Lag(log, System::nanoTime);
    this.out = new BackpressuredOutput(exchange, this::check);
  }

  /** Sends events until the stream ends. */
  void run() throws IOException {
    exchange.response().setStatusCode(200);
    exchange.with("Content-Type", MediaType.EVENTS).with("Cache-Control", "no-store");
    Runnable wake = signal::raise;
    exchange.onGone(wake);
    exchange.revocation().listen(wake);
    requests.onStop(wake);
    meters.streamBegan();
    try (Subscription _ = log.subscribe(wake)) {
      if (!exchange.isHead()) {
        send(COMMENT);
        follow();
      }
    } catch (OffsetOutOfRangeException trimmed) {
      // What the reader would get next is gone: the stream ends, and asking again says 410.
    } finally {
      meters.streamEnded();
      requests.forget(wake);
    }
    out.end();
  }

  private void follow() throws IOException {
    while (!isOver()) {
      boolean closed = log.closed();
      if (next < log.extent().endOffset()) {
        lag.check(next);
        sendSome();
      } else if (closed) {
        sendClosed();
        return;
      } else {
        lag.caughtUp();
        awaitNews();
      }
    }
  }

  private void sendClosed() throws IOException {
    String event = "event: closed\ndata: {\"nextOffset\":" + next + "}\n\n";
    send(event.getBytes(StandardCharsets.US_ASCII));
  }

  private void sendSome() throws IOException {
    try (RecordRange range = log.range(next, RECORDS_PER_READ, VALUE_BYTES_PER_READ);
        LargeReads.Turn _ = largeReads.begin(range.valueBytes());
        JsonGenerator json = Json.generator(out)) {
      StoredRecord record;
      while ((record = range.next()) != null) {
        json.writeRaw("id: " + record.offset() + "\nevent: record\ndata: ");
        RecordJson.write(record, json);
        json.writeRaw("\n\n");
      }
      json.flush();
      out.flush();
      meters.read(range.count(), range.valueBytes());
      next = range.nextOffset();
    }
    lastSent = System.nanoTime();
  }

  private void awaitNews() throws IOException {
    long sinceSent = (System.nanoTime() - lastSent) / 1_000_000;
    if (sinceSent >= HEARTBEAT_MILLIS) {
      send(COMMENT);
    } else {
      signal.await(HEARTBEAT_MILLIS - sinceSent);
    }
  }

  private void send(byte[] bytes) throws IOException {
    out.write(bytes, 0, bytes.length);
    out.flush();
    lastSent = System.nanoTime();
  }

  private boolean isOver() {
    return log.deleted()
        || requests.stopping()
        || exchange.response().closed()
        || exchange.revocation().isRevoked();
  }

  /** Whether a reader that does not read is still waited for. */
  private void check() throws IOException {
    if (isOver()) {
      throw new ClientGone("the stream is over");
    }
    lag.check(next);
  }
}
