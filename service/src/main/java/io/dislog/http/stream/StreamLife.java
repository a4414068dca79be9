package io.dislog.http.stream;

import io.dislog.command.Creation;
import io.dislog.command.Failure;
import io.dislog.command.ForkPoint;
import io.dislog.command.LogConfig;
import io.dislog.command.LogTraits;
import io.dislog.command.Rejection;
import io.dislog.http.cluster.LogForks;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.format.Batch;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.LogLookup;
import io.dislog.log.Record;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Streams made, told about, and deleted (5.1, 5.4 and 5.5). For virtual threads. */
@Singleton
final class StreamLife {

  private final LogLookup logs;
  private final LogForks forks;
  private final InstantSource clock = InstantSource.system();

  @Inject
  StreamLife(LogLookup logs, LogForks forks) {
    this.logs = logs;
    this.forks = forks;
  }

  /** Answers PUT. */
  void create(Exchange exchange) throws IOException {
    ForkRequest fork = ForkRequest.of(exchange);
    LogView known = find(exchange);
    boolean created =
        fork == null
            ? LogLookup.await(logs.commit().create(name(exchange), creation(exchange, known)))
            : fork(exchange, fork);
    LogView log = logs.find(exchange);
    if (created) {
      exchange.with("Location", exchange.origin() + exchange.request().path());
    }
    tell(exchange, log);
    exchange.send(created ? 201 : 200);
  }

  /** Where the source's tail is asked for, it is that of the first request of several. */
  private boolean fork(Exchange exchange, ForkRequest fork) throws IOException {
    try {
      return forkOnce(exchange, fork);
    } catch (CompletionException e) {
      if (fork.anchor() != null || !(Failure.cause(e) instanceof Rejection.LogConfigDiffers)) {
        throw e;
      }
      return forkOnce(exchange, fork); // Another one has just said where it begins.
    }
  }

  private boolean forkOnce(Exchange exchange, ForkRequest fork) throws IOException {
    ForkPoint there = forks.point(name(exchange), fork.source());
    try {
      LogView source = forks.source(fork.source());
      ForkPoint point = there != null && fork.anchor() == null ? there : fork.in(source);
      return forks.create(source, name(exchange), creation(exchange, source, point));
    } catch (Rejection.LogRetired e) {
      return compareWithoutSource(exchange, there);
    }
  }

  /** Of a source that was deleted meanwhile, nobody can say any more what a place in it was. */
  private boolean compareWithoutSource(Exchange exchange, @Nullable ForkPoint there)
      throws IOException {
    LogView known = find(exchange);
    if (known == null || there == null) {
      throw new ProblemException(
          ProblemType.LOG_CONFIG_DIFFERS, "the source of the fork was deleted");
    }
    Creation wanted = creation(exchange, known, there);
    return LogLookup.await(logs.commit().create(name(exchange), wanted));
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
    forks.delete(name(exchange));
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
    } catch (Rejection.UnknownLog | Rejection.LogRetired e) {
      return null; // It is created now, or refused.
    }
  }

  private Creation creation(Exchange exchange, @Nullable LogView known) {
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

  /** What a fork does not say, it has from its source; not that it is closed. */
  private Creation creation(Exchange exchange, LogView source, ForkPoint point) throws IOException {
    ContentType type = ContentType.of(source);
    String sent = exchange.header("Content-Type");
    if (sent != null && !sent.isBlank() && !ContentType.of(sent).isSameAs(type)) {
      throw new ProblemException(
          ProblemType.LOG_CONFIG_DIFFERS, "the source of the fork has another content type");
    }
    Lifetime own = Lifetime.of(exchange, clock.millis());
    Lifetime lifetime = own.isNone() ? Lifetime.of(source.traits()) : own;
    LogTraits traits =
        new LogTraits(
            source.traits().contentType(),
            lifetime.ttlMillis(),
            lifetime.expiresAt(),
            exchange.path().streamPath(),
            point);
    List<Record> content = new ArrayList<>();
    if (point.part() > 0) {
      ByteBuffer whole = source.read(point.offset()).record().value();
      content.add(new Record(null, List.of(), whole.slice(whole.position(), (int) point.part())));
    }
    content.addAll(content(exchange, type));
    boolean closed = StreamHeader.isTrue(exchange.header(StreamHeader.CLOSED));
    return new Creation(null, traits, closed, content);
  }

  private static String name(Exchange exchange) {
    return String.valueOf(exchange.path().logName());
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
