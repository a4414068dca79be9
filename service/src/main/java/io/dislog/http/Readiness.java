package io.dislog.http;

import io.dislog.commit.Node;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Down while no append can succeed, saying why. */
@org.eclipse.microprofile.health.Readiness
@Singleton
final class Readiness implements HealthCheck {

  private final Service service;

  @Inject
  Readiness(Service service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    Node.Health health = service.health();
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("appends").status(health.takesAppends());
    LogTotals.clockAhead(service)
        .ifPresent(log ->
            answer.withData(
                "clockAhead",
                "log %s: its newest record is dated %d s ahead of the clock"
                    .formatted(log.name(), log.aheadMillis() / 1000)));
    return health.why().isEmpty() ? answer.build() : answer.withData("why", health.why()).build();
  }
}
