package io.dislog.http.stream;

import io.dislog.http.cluster.Forwarding;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.server.Problems;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Runs what of an answer may block, on a virtual thread that is there for as long as it does;
 * whatever fails becomes a refusal. Safe for use by many threads.
 */
@Singleton
final class Blocking {

  private final Forwarding forwarding;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Inject
  Blocking(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  /** Makes an answer, or a part of one that is sent piece by piece. */
  void run(Exchange exchange, Exchange.Attempt answer) {
    threads.execute(() -> {
      try {
        exchange.attempt(answer);
      } catch (IOException | RuntimeException e) {
        forwarding.refuse(exchange, Problems.of(e));
      }
    });
  }

  /** Runs what is about no request in particular. */
  void run(Runnable work) {
    threads.execute(work);
  }

  @PreDestroy
  void stop() {
    threads.close();
  }
}
