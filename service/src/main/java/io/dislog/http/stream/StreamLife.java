package io.dislog.http.stream;

import io.dislog.command.Creation;
import io.dislog.command.LogConfig;
import io.dislog.command.LogTraits;
import io.dislog.command.Rejection;
import io.dislog.commit.Commit;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.format.Batch;
import io.dislog.http.server.LogLookup;
import io.dislog.log.Record;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams made, told about, and deleted (5.1, 5.4 and 5.5). For virtual threads. */
@Singleton
final class StreamLife {

  private final LogLookup logs;
  private final InstantSource clock = InstantSource.system();

  @Inject
  StreamLife(LogLookup logs) {
    this.logs = logs;
  }

  /** Answers PUT. */
  void create(Exchange exchange) {
    Commit commit = logs.commit();
    String name = String.valueOf(exchange.path().logName());
    boolean created = LogLookup.await(commit.create(name, creation(exchange, find(exchange))));
    LogView log = logs.find(exchange);
    if (created) {
      exchange.with("Location", exchange.origin() + exchange.request().path());
    }
    tell(exchange, log);
    exchange.send(created ? 201 : 200);
  }

  /** Answers HEAD. */
  void tell(Exchange exchange) {
    LogView log = logs.find(exchange);
    tell(exchange, log);
    Lifetime.tell(log.traits(), exchange);
    exchange.send(200);
  }

  /** Answers DELETE. */
  void delete(Exchange exchange) {
    LogLookup.await(logs.commit().delete(String.valueOf(exchange.path().logName())));
    exchange.send(204);
  }

  private static void tell(Exchange exchange, LogView log) {
    boolean closed = log.closed();
    exchange
        .with("Content-Type", ContentType.of(log).text())
        .with("Cache-Control", "no-store")
        .with(StreamHeader.NEXT_OFFSET, StreamOffset.print(log.extent().endOffset()));
    if (closed) {
      exchange.with(StreamHeader.CLOSED, "true");
    }
  }

  /** The log that the stream has already, which the answer is then about. */
  private @Nullable LogView find(Exchange exchange) {
    try {
      return logs.find(exchange);
    } catch (Rejection.UnknownLog isCreatedNow) {
      return null;
    }
  }

  private Creation creation(Exchange exchange, @Nullable LogView known) {
    if (exchange.request().headers().contains(StreamHeader.FORKED_FROM)) {
      throw ProblemException.badRequest("streams can't be forked");
    }
    String sent = exchange.header("Content-Type");
    ContentType type = sent == null || sent.isBlank() ? ContentType.BYTES : ContentType.of(sent);
    Lifetime lifetime = Lifetime.of(exchange, clock.millis());
    LogTraits traits =
        new LogTraits(
            type.keptBy(known),
            lifetime.ttlMillis(),
            lifetime.expiresAt(),
            exchange.path().streamPath());
    boolean closed = StreamHeader.isTrue(exchange.header(StreamHeader.CLOSED));
    return new Creation(null, traits, closed, content(exchange, type));
  }

  private List<Record> content(Exchange exchange, ContentType type) {
    if (!exchange.body().hasRemaining()) {
      return List.of();
    }
    int maxRecordBytes = LogConfig.of(logs.commit().defaults()).maxRecordBytes();
    Batch batch = StreamBody.read(exchange, type, maxRecordBytes);
    return batch.records();
  }
}
