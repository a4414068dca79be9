package io.dislog.http.api;

import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Creation;
import io.dislog.command.Rejection;
import io.dislog.commit.Commit;
import io.dislog.http.cluster.LeaderAppends;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Conditions;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.format.Batch;
import io.dislog.http.format.BatchFormat;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.Percent;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.http.server.Service;
import io.dislog.log.Record;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes an append of a request, and commits it. Never blocks; safe for use by many threads. */
@Singleton
final class Appends {

  private final Service service;
  private final LeaderAppends leaders;
  private final boolean autoCreate;

  @Inject
  Appends(Service service, LeaderAppends leaders, ServiceConfig config) {
    this.service = service;
    this.leaders = leaders;
    this.autoCreate = config.logs().autoCreate();
  }

  /** Commits what a request asks for; refuses by throwing what can be refused at once. */
  CompletionStage<Appended> submit(Exchange exchange, String name) {
    Commit commit = service.commit();
    LogView log = find(commit, exchange, name);
    Append append = append(exchange, log);
    return log != null
        ? leaders.submit(exchange, log, append)
        : commit
            .create(name, Creation.ANY)
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

  private static Append append(Exchange exchange, @Nullable LogView log) {
    Long expected = Conditions.expectedOffset(exchange);
    ProducerStamp producer = Conditions.producer(exchange);
    Batch batch =
        BatchFormat.of(exchange.header("Content-Type"), key(exchange))
            .parse(exchange.body(), new Batch(exchange::grow));
    if (batch.count() == 0) {
      throw new ProblemException(ProblemType.EMPTY_BATCH, "the body has no records");
    }
    if (log != null && MediaType.isJson(log.traits().contentType())) {
      checkJson(batch);
    }
    batch.settle();
    return new Append(batch.records(), expected, producer, null, closes(exchange), batch.size());
  }

  private static void checkJson(Batch batch) {
    int index = 0;
    for (Record record : batch.records()) {
      if (!Json.isValue(record.value())) {
        throw ProblemException.malformed(index, "the log's content type is JSON, and it is not");
      }
      index++;
    }
  }

  private static boolean closes(Exchange exchange) {
    String text = exchange.header("Dislog-Close");
    if (text == null || text.equalsIgnoreCase("false")) {
      return false;
    }
    if (!text.equalsIgnoreCase("true")) {
      throw ProblemException.badRequest(
          "Dislog-Close is neither true nor false: " + Text.safe(text));
    }
    return true;
  }

  private static @Nullable ByteBuffer key(Exchange exchange) {
    String text = exchange.header("Dislog-Key");
    ByteBuffer key = text == null ? null : Percent.decode(text);
    if (text != null && key == null) {
      throw ProblemException.badRequest("Dislog-Key is not percent-encoded UTF-8");
    }
    return key;
  }
}
