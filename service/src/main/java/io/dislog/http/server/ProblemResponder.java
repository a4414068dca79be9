package io.dislog.http.server;

import io.dislog.command.Rejection;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import io.dislog.shard.Names;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Refuses what no resource gets to see: the log in the path is named, and the refusal counted. Safe
 * for use by many threads.
 */
@Singleton
public final class ProblemResponder {

  private final Service service;
  private final ProblemMeters problemMeters;

  @Inject
  ProblemResponder(Service service, ProblemMeters problemMeters) {
    this.service = service;
    this.problemMeters = problemMeters;
  }

  /** Names the log in the path, where there is one. */
  public void about(Exchange exchange) {
    String name = exchange.path().logName();
    if (name != null && Names.isValid(name)) {
      try {
        exchange.about(service.commit().log(name));
      } catch (Rejection e) {
        return;
      }
    }
  }

  /** Answers a request whose body is there. */
  public void send(Exchange exchange, Problem problem) {
    about(exchange);
    problemMeters.count(problem.type());
    exchange.send(problem);
  }

  /** Says to the node that sent a request on that it was not for this one. */
  public void notLeader(Exchange exchange, int shard) {
    send(
        exchange,
        Problem.of(ProblemType.NO_LEADER, "this node does not lead shard " + shard)
            .withHeader(Peers.NOT_LEADER, "true"));
  }
}
