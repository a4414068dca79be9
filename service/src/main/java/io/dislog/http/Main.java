package io.dislog.http;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

/**
 * The process. When it is asked to stop, requests end here, while their connections are still open:
 * the framework closes those first, and only then tells the service.
 */
@QuarkusMain
public final class Main implements QuarkusApplication {

  private final Service service;

  @Inject
  Main(Service service) {
    this.service = service;
  }

  @Override
  public int run(String... arguments) {
    Quarkus.waitForExit();
    service.endRequests();
    return 0;
  }
}
