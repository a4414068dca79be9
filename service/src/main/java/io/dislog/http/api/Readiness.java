package io.dislog.http.api;

import io.dislog.commit.Node;
import io.dislog.http.access.AccessFiles;
import io.dislog.http.server.LogTotals;
import io.dislog.http.server.Service;
import io.dislog.http.server.StorageStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Reports whether this node serves reads and takes any request, sending on what it does not lead;
 * if not, why. A full disk refuses appends alone: it is reported, and the node stays up, unless it
 * replicates and half of its reserve is gone.
 */
@org.eclipse.microprofile.health.Readiness
@Singleton
final class Readiness implements HealthCheck {

  private final Service service;
  private final AccessFiles access;

  @Inject
  Readiness(Service service, AccessFiles access) {
    this.service = service;
    this.access = access;
  }

  @Override
  public HealthCheckResponse call() {
    Node.Health health = service.health();
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("node").status(health.ready());
    service
        .storage()
        .ifPresent(
            storage -> answer.withData("storage", StorageStatus.state(storage.state()).word()));
    LogTotals.clockAhead(service)
        .ifPresent(log ->
            answer.withData(
                "clockAhead",
                "log %s: its newest record is dated %d s ahead of the clock"
                    .formatted(log.name(), log.aheadMillis() / 1000)));
    access.flaws().forEach(answer::withData);
    return health.why().isEmpty() ? answer.build() : answer.withData("why", health.why()).build();
  }
}
