package io.dislog.http;

import io.dislog.shard.Names;
import io.dislog.shard.Rejection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Refuses what no resource gets to see: the log in the path is named, and the refusal counted. Safe
 * for use by many threads.
 */
@Singleton
final class ProblemResponder {

  private final Service service;
  private final ProblemMeters problemMeters;

  @Inject
  ProblemResponder(Service service, ProblemMeters problemMeters) {
    this.service = service;
    this.problemMeters = problemMeters;
  }

  /** Names the log in the path, where there is one. */
  void about(Exchange exchange) {
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
  void send(Exchange exchange, Problem problem) {
    about(exchange);
    problemMeters.count(problem.type());
    exchange.send(problem);
  }

  /** Says to the node that sent a request on that it was not for this one. */
  void notLeader(Exchange exchange, int shard) {
    send(
        exchange,
        Problem.of(ProblemType.NO_LEADER, "this node does not lead shard " + shard)
            .withHeader(Peers.NOT_LEADER, "true"));
  }
}
