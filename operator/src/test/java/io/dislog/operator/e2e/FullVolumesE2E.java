package io.dislog.operator.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Volumes that fill up while a reader and a consumer go on. */
@Tag("slow")
@ExtendWith(InstalledOperator.class)
final class FullVolumesE2E {

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Steps steps = new Steps(System.out);

  @Test
  void oneNodeServesOnAFullVolume() throws Exception {
    new FullVolumes(steps, new Cluster(client, "dislog-e2e-full-1")).live(1, 128);
  }

  @Test
  void threeNodesServeOnFullVolumes() throws Exception {
    new FullVolumes(steps, new Cluster(client, "dislog-e2e-full-3")).live(3, 256);
  }
}
