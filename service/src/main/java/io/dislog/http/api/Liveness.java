package io.dislog.http.api;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Up as long as the process answers: what only a restart would mend ends the process. */
@org.eclipse.microprofile.health.Liveness
final class Liveness implements HealthCheck {

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.up("process");
  }
}
