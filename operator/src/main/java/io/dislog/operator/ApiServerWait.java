package io.dislog.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Has the operator start only once the API server answers: without one the framework ends the
 * process at once, and Kubernetes would start that again the later the oftener it ended, up to five
 * minutes after the API server is back. Stateless.
 */
@Singleton
final class ApiServerWait {

  private static final Logger LOG = Logger.getLogger(ApiServerWait.class);

  /** The startup probe gives up after two minutes, and one answer may take one. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final int TOO_MANY_REQUESTS = 429;

  void await(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
      KubernetesClient client)
      throws InterruptedException {
    long begun = System.nanoTime();
    boolean isTold = false;
    while (!answers(client) && System.nanoTime() - begun < PATIENCE.toNanos()) {
      if (!isTold) {
        LOG.warnf(
            "The API server at %s does not answer: the operator starts once it does",
            client.getMasterUrl());
        isTold = true;
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** A refusal is an answer, too: the start fails by it, and says why. */
  private static boolean answers(KubernetesClient client) {
    try {
      var _ = client.getKubernetesVersion();
      return true;
    } catch (KubernetesClientException e) {
      return e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != TOO_MANY_REQUESTS;
    }
  }
}
