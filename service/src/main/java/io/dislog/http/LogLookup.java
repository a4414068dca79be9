package io.dislog.http;

import io.dislog.commit.Commit;
import io.dislog.shard.Command;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** The logs as blocking resources use them: for virtual threads. */
@Singleton
final class LogLookup {

  private final Service service;

  @Inject
  LogLookup(Service service) {
    this.service = service;
  }

  Commit commit() {
    return service.commit();
  }

  /** The log that a path names, which its exchange is then about. */
  LogView find(Exchange exchange) {
    return exchange.about(commit().log(exchange.path().parameter("log")));
  }

  /** Commits a command and waits for its answer. */
  <R> R submit(LogView log, Command<R> command) {
    return await(commit().submit(log, command));
  }

  /** Waits for an answer. */
  static <R> R await(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
