package io.dislog.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/**
 * Has one operator of several work at a time, by a lease in the operator's own namespace. Two that
 * worked for a moment, one having lost the lease without knowing, would do no harm: what they do
 * may be done twice. Whoever has lost it ends, and is started again by Kubernetes: the framework
 * would go on, and never try to get it back. Safe for use by many threads.
 */
@Singleton
final class Leadership {

  private static final Logger LOG = Logger.getLogger(Leadership.class);
  private static final String LEASE = "dislog-operator";

  private final Runnable exit;
  private volatile boolean isEnding;

  Leadership() {
    this(() -> Quarkus.asyncExit(1));
  }

  /**
   * @param exit of the process, which goes on for a moment
   */
  Leadership(Runnable exit) {
    this.exit = exit;
  }

  @Produces
  @Singleton
  LeaderElectionConfiguration election(Release release) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withIdentity(release.instance())
        .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::stop, _ -> {}))
        .build();
  }

  /** It is lost, or the framework gives it back while the process ends anyway. */
  private void stop() {
    if (!isEnding) {
      LOG.warn(
          "The lease is lost, since the API server did not answer in time or another operator has"
              + " it: this operator ends, and waits for the lease once it is started again");
      exit.run();
    }
  }

  /** Before the framework ends. */
  void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
    isEnding = true;
  }

  /**
   * Gives the lease up, so that the next operator need not wait until it has run out. The framework
   * leaves that; it renews the lease until its own end, and so this comes after that.
   */
  void end(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event,
      Release release,
      KubernetesClient client) {
    try {
      giveUp(release, client);
    } catch (KubernetesClientException e) {
      LOG.warnf(
          "The lease is not given up, and another operator waits until it has run out: %s", e);
    }
  }

  /** Nothing happens where another operator holds it, or takes it at this moment. */
  private static void giveUp(Release release, KubernetesClient client) {
    String namespace = client.getConfiguration().getNamespace();
    Lease lease = client.leases().inNamespace(namespace).withName(LEASE).get();
    if (lease != null && release.instance().equals(lease.getSpec().getHolderIdentity())) {
      lease.getSpec().setHolderIdentity(null);
      client.resource(lease).update();
    }
  }
}
