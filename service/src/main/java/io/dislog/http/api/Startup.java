package io.dislog.http.api;

import io.dislog.http.server.Service;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Down until the logs have been recovered, saying how far that is. */
@org.eclipse.microprofile.health.Startup
@Singleton
final class Startup implements HealthCheck {

  private final Service service;

  @Inject
  Startup(Service service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    boolean started = service.isStarted();
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("recovery").status(started);
    return started ? answer.build() : answer.withData("why", service.health().why()).build();
  }
}
