package io.dislog.http.api;

import io.dislog.command.Command.Appended;
import io.dislog.http.cluster.DirectAppends;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.server.Problems;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/** Takes appends of one record or a batch out of the framework's hands. Runs on event loops. */
@Singleton
final class AppendRoute {

  private final Appends appends;
  private final DirectAppends direct;

  @Inject
  AppendRoute(Appends appends, DirectAppends direct) {
    this.appends = appends;
    this.direct = direct;
  }

  void take(RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    String name =
        routing.request().method().equals(HttpMethod.POST) ? exchange.path().logOfRecords() : null;
    if (name == null) {
      routing.next();
    } else {
      append(exchange, name);
    }
  }

  /** Appends, and answers. */
  void append(Exchange exchange, String name) {
    direct.carryOut(exchange, new Request(appends, exchange, name));
  }

  private record Request(Appends appends, Exchange exchange, String name)
      implements DirectAppends.Request {

    @Override
    public CompletionStage<Appended> submit() {
      return appends.submit(exchange, name);
    }

    @Override
    public void answer(Appended appended) {
      AppendAnswer.send(exchange, name, appended);
    }

    @Override
    public Problem refusal(Throwable failure) {
      return Problems.of(failure);
    }
  }
}
