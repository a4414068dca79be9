package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.net.URI;

/** The names that Kubernetes gives to a StatefulSet's pods behind their headless Service. */
@Singleton
@DefaultBean
final class DnsAddresses implements Addresses {

  @Override
  public URI of(DislogCluster cluster, int ordinal) {
    String name = cluster.getMetadata().getName();
    return URI.create(
        "http://%s-%d.%s-nodes.%s.svc:8080"
            .formatted(name, ordinal, name, cluster.getMetadata().getNamespace()));
  }
}
