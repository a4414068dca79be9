package io.dislog.http.api;

import io.dislog.http.cluster.Forwarding;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.MediaType;
import io.dislog.http.server.LogLookup;
import io.dislog.http.server.ProblemMeters;
import io.dislog.http.server.Problems;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers with a problem what a resource, or the framework before it, threw. */
@Singleton
final class ProblemMapper {

  private final ProblemMeters problemMeters;
  private final Forwarding forwarding;

  @Inject
  ProblemMapper(ProblemMeters problemMeters, Forwarding forwarding) {
    this.problemMeters = problemMeters;
    this.forwarding = forwarding;
  }

  @ServerExceptionMapper(Throwable.class)
  Response problem(Throwable failure, @Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    Problem problem = Problems.of(failure);
    CompletionStage<@Nullable Void> elsewhere = forwarding.overtaken(exchange, problem);
    if (elsewhere != null) {
      LogLookup.await(elsewhere);
      return Response.noContent().build(); // The framework leaves an answer alone that is sent.
    }
    problemMeters.count(problem.type());
    Response.ResponseBuilder answer =
        Response.status(problem.status())
            .type(MediaType.PROBLEM)
            .entity(problem.json(exchange.path()));
    problem.headers().forEach(answer::header);
    return answer.build();
  }
}
