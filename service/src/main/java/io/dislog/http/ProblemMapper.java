package io.dislog.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers with a problem what a resource, or the framework before it, threw. */
@Singleton
final class ProblemMapper {

  private final Rejections rejections;

  @Inject
  ProblemMapper(Rejections rejections) {
    this.rejections = rejections;
  }

  @ServerExceptionMapper(Throwable.class)
  Response problem(Throwable failure, @Context RoutingContext routing) {
    Exchange exchange = Exchange.of(routing);
    Problem problem = Problems.of(failure);
    rejections.count(problem.type());
    Response.ResponseBuilder answer =
        Response.status(problem.status())
            .type(MediaType.PROBLEM)
            .entity(problem.json(exchange.path()));
    problem.headers().forEach(answer::header);
    return answer.build();
  }
}
