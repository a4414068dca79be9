package io.dislog.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
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
 * may be done twice. Stateless.
 */
@Singleton
final class Leadership {

  private static final Logger LOG = Logger.getLogger(Leadership.class);
  private static final String LEASE = "dislog-operator";

  @Produces
  @Singleton
  LeaderElectionConfiguration election(Release release) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withIdentity(release.instance())
        .build();
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
