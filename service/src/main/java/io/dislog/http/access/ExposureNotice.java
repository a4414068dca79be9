package io.dislog.http.access;

import io.dislog.http.config.Exposure;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says at the start who can reach the service, where that may not be what somebody wants. */
@Singleton
final class ExposureNotice {

  private static final Logger LOG = Logger.getLogger(ExposureNotice.class);

  private final Exposure exposure;
  private final AccessFiles files;

  @Inject
  ExposureNotice(Exposure exposure, AccessFiles files) {
    this.exposure = exposure;
    this.files = files;
  }

  void tell(@Observes StartupEvent event) {
    if (exposure.isLoopbackAlone()) {
      LOG.info(
          "Only this machine can reach the service; --quarkus.http.host=0.0.0.0 opens it to others");
    } else if (!files.hasRules()) {
      LOG.warnf(
          "Whoever reaches the service at %s can read, append to and delete every log:"
              + " dislog.auth.rules-file says who may do what",
          exposure.host());
    }
  }
}
