package io.dislog.http.server;

import io.dislog.command.Command;
import io.dislog.commit.Commit;
import io.dislog.http.exchange.Exchange;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** The logs as blocking resources use them: for virtual threads. */
@Singleton
public final class LogLookup {

  private final Service service;

  @Inject
  LogLookup(Service service) {
    this.service = service;
  }

  public Commit commit() {
    return service.commit();
  }

  /** The log that a path names, which its exchange is then about. */
  public LogView find(Exchange exchange) {
    return exchange.about(commit().log(String.valueOf(exchange.path().logName())));
  }

  /** Commits a command and waits for its answer. */
  public <R> R submit(LogView log, Command<R> command) {
    return await(commit().submit(log, command));
  }

  /** Waits for an answer. */
  public static <R> R await(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
