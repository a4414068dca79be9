package io.dislog.http.stream;

import io.dislog.http.cluster.DirectAppends;
import io.dislog.http.cluster.Forwarding;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.server.Problems;
import io.dislog.http.server.Service;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Takes requests about streams out of the framework's hands: a stream's path may be any, and those
 * who wait hold nothing of the framework's. Runs on event loops.
 */
@Singleton
public final class StreamRoute {

  private final Service service;
  private final Forwarding forwarding;
  private final DirectAppends appends;
  private final StreamReads reads;
  private final StreamLife life;
  private final Blocking blocking;

  @Inject
  StreamRoute(
      Service service,
      Forwarding forwarding,
      DirectAppends appends,
      StreamReads reads,
      StreamLife life,
      Blocking blocking) {
    this.service = service;
    this.forwarding = forwarding;
    this.appends = appends;
    this.reads = reads;
    this.life = life;
    this.blocking = blocking;
  }

  /** Answers a request about a stream, and leaves all others alone. */
  public void take(RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    if (exchange.path().streamPath() == null) {
      routing.next();
    } else {
      answer(exchange);
    }
  }

  /** Answers; other methods than these were refused before. */
  void answer(Exchange exchange) {
    switch (exchange.request().method().name()) {
      case "POST" -> append(exchange);
      case "GET" -> reads.read(exchange);
      case "PUT" -> blocking.run(exchange, () -> life.create(exchange));
      case "HEAD" -> blocking.run(exchange, () -> life.tell(exchange));
      default -> blocking.run(exchange, () -> life.delete(exchange));
    }
  }

  private void append(Exchange exchange) {
    try {
      appends.carryOut(exchange, new StreamAppend(service.commit(), exchange));
    } catch (RuntimeException e) {
      forwarding.refuse(exchange, Problems.of(e));
    }
  }
}
