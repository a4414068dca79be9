package io.dislog.http;

import io.dislog.commit.Commit;
import io.dislog.shard.Command;
import io.dislog.shard.NamedLog;
import io.dislog.shard.Names;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** The logs as blocking resources use them: for virtual threads. */
@Singleton
final class Logs {

  private final Service service;

  @Inject
  Logs(Service service) {
    this.service = service;
  }

  Commit commit() {
    return service.commit();
  }

  /** The log that a path names, which its exchange is then about. */
  NamedLog find(Exchange exchange, String name) {
    return exchange.about(commit().log(Name.ofLog(name)));
  }

  /** The log that a path names, where the path goes on with a consumer that can be one. */
  NamedLog find(Exchange exchange, String name, String consumer) {
    try {
      return find(exchange, name);
    } finally {
      if (Names.isValid(name)) {
        Name.ofConsumer(consumer);
      }
    }
  }

  /** Commits a command and waits for its answer. */
  <R> R submit(NamedLog log, Command<R> command) {
    return await(commit().submit(log, command));
  }

  /** Waits for an answer. */
  static <R> R await(CompletionStage<R> stage) {
    return stage.toCompletableFuture().join();
  }
}
