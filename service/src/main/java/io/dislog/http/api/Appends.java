package io.dislog.http.api;

import io.dislog.api.Digits;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Rejection;
import io.dislog.commit.Commit;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.InFlight;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.format.Batch;
import io.dislog.http.format.BatchFormat;
import io.dislog.http.notation.Percent;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.http.server.Service;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes an append of a request, and commits it. Never blocks; safe for use by many threads. */
@Singleton
final class Appends {

  private static final long MAX_NUMBER = (1L << 53) - 1;
  private static final int MAX_ID_CHARACTERS = 256;

  private final Service service;
  private final boolean autoCreate;

  @Inject
  Appends(Service service, ServiceConfig config) {
    this.service = service;
    this.autoCreate = config.logs().autoCreate();
  }

  /** Commits what a request asks for; refuses by throwing what can be refused at once. */
  CompletionStage<Appended> submit(Exchange exchange, String name) {
    Commit commit = service.commit();
    LogView log = find(commit, exchange, name);
    Append append = append(exchange);
    return log != null
        ? commit.submit(log, append)
        : commit
            .create(name, null)
            .thenCompose(created -> commit.submit(exchange.about(commit.log(name)), append));
  }

  private @Nullable LogView find(Commit commit, Exchange exchange, String name) {
    try {
      return exchange.about(commit.log(name));
    } catch (Rejection.UnknownLog e) {
      if (autoCreate) {
        return null;
      }
      throw e;
    }
  }

  private static Append append(Exchange exchange) {
    Long expected = number(exchange, "Dislog-Expected-Offset", Long.MAX_VALUE);
    ProducerStamp producer = producer(exchange);
    InFlight.Share share = exchange.share();
    Batch batch =
        BatchFormat.of(exchange.header("Content-Type"), key(exchange))
            .parse(exchange.body(), new Batch(bytes -> share == null || share.grow(bytes)));
    if (batch.count() == 0) {
      throw new ProblemException(ProblemType.EMPTY_BATCH, "the body has no records");
    }
    batch.settle();
    return new Append(batch.records(), expected, producer, batch.size());
  }

  private static @Nullable ByteBuffer key(Exchange exchange) {
    String text = exchange.header("Dislog-Key");
    ByteBuffer key = text == null ? null : Percent.decode(text);
    if (text != null && key == null) {
      throw ProblemException.badRequest("Dislog-Key is not percent-encoded UTF-8");
    }
    return key;
  }

  private static @Nullable ProducerStamp producer(Exchange exchange) {
    String id = exchange.header("Producer-Id");
    Long epoch = number(exchange, "Producer-Epoch", MAX_NUMBER);
    Long seq = number(exchange, "Producer-Seq", MAX_NUMBER);
    if (id == null && epoch == null && seq == null) {
      return null;
    }
    if (id == null || epoch == null || seq == null) {
      throw ProblemException.badRequest("Producer-Id, Producer-Epoch and Producer-Seq go together");
    }
    if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_CHARACTERS) {
      throw ProblemException.badRequest(
          "Producer-Id must have 1 to %d characters".formatted(MAX_ID_CHARACTERS));
    }
    return new ProducerStamp(id, epoch, seq);
  }

  private static @Nullable Long number(Exchange exchange, String header, long most) {
    String text = exchange.header(header);
    if (text == null) {
      return null;
    }
    OptionalLong number = Digits.parse(text);
    if (number.isEmpty() || number.getAsLong() > most) {
      throw ProblemException.badRequest(
          "%s is not a number from 0 to %d: %s".formatted(header, most, Text.safe(text)));
    }
    return number.getAsLong();
  }
}
