package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.Addresses;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays, for one cluster, what is missing beside an API server: the StatefulSet's and the
 * disruption budget's controllers, and a kubelet whose pods are processes. Has a thread of its own;
 * safe for use by many.
 */
final class FakeKubernetes implements Addresses, AutoCloseable {

  private static final int PAUSE_MILLIS = 100;

  private final KubernetesClient client;
  private final String namespace;
  private final FakeController controller;
  private final FakeBudget budget;
  private final FakeKubelet kubelet;
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Exception trouble;

  /** Pods have no processes and are never ready. */
  FakeKubernetes(KubernetesClient client, String namespace) {
    this(client, namespace, null, null);
  }

  /**
   * @param folder for the nodes' volumes
   */
  FakeKubernetes(KubernetesClient client, String namespace, Path folder) {
    this(client, namespace, folder, null);
  }

  /**
   * @param service that plays the pods' processes
   */
  FakeKubernetes(KubernetesClient client, String namespace, FakeService service) {
    this(client, namespace, null, service);
  }

  private FakeKubernetes(
      KubernetesClient client,
      String namespace,
      @Nullable Path folder,
      @Nullable FakeService service) {
    this.client = client;
    this.namespace = namespace;
    this.controller = new FakeController(client, namespace);
    this.budget = new FakeBudget(client, namespace);
    this.kubelet = new FakeKubelet(client, namespace, folder, service);
    this.thread = Thread.ofPlatform().name("kubernetes-" + namespace).start(this::run);
  }

  /** Where an operator finds a node. */
  @Override
  public URI of(DislogCluster cluster, int ordinal) {
    return kubelet.uri(ordinal);
  }

  /** Gives pods that are made from now on another container. */
  void inject(String container) {
    controller.inject(container);
  }

  FakeNode node(int ordinal) {
    return kubelet.node(ordinal);
  }

  /** Has pods of a node wait from now on before they begin, or no longer. */
  void hold(int ordinal, boolean isHeld) {
    kubelet.hold(ordinal, isHeld);
  }

  /** Takes a node's pod away, and all that is on its volume. */
  void wipe(int ordinal) {
    kubelet.wipe(ordinal);
    client.pods().inNamespace(namespace).withName(FakeController.podName(ordinal)).delete();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kubelet.close();
  }

  private void run() {
    while (!closed) {
      try {
        look();
        Thread.sleep(PAUSE_MILLIS);
      } catch (RuntimeException | IOException e) {
        trouble = e; // Somebody else was faster; the next look finds out.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() throws IOException {
    StatefulSet set =
        client.apps().statefulSets().inNamespace(namespace).withName(TestClusters.NAME).get();
    if (set == null) {
      return;
    }
    List<Pod> pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(set.getSpec().getSelector().getMatchLabels())
            .list()
            .getItems();
    for (int ordinal = 0; ordinal < set.getSpec().getReplicas(); ordinal++) {
      String name = FakeController.podName(ordinal);
      if (pods.stream().noneMatch(pod -> pod.getMetadata().getName().equals(name))) {
        kubelet.end(ordinal);
        if (controller.isLeaving(ordinal)) {
          kubelet.forget(ordinal);
        }
        controller.make(set, ordinal);
      }
    }
    for (Pod pod : pods) {
      int ordinal = FakeController.ordinal(pod);
      if (ordinal >= set.getSpec().getReplicas()) {
        kubelet.dismiss(ordinal, takesClaims(set));
        client.resource(pod).delete();
        kubelet.end(ordinal);
      } else {
        kubelet.live(pod, ordinal);
      }
    }
    controller.tell(set, pods);
    budget.tell(pods);
  }

  /** What last kept it from playing its part. */
  @Override
  public String toString() {
    return "last trouble: " + trouble;
  }

  private static boolean takesClaims(StatefulSet set) {
    return set.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenScaled().equals("Delete");
  }

  /** Sizes that claims ask for, by their names. */
  Map<String, String> claims() {
    Map<String, String> sizes = new ConcurrentHashMap<>();
    Insistence.ask(() -> client.persistentVolumeClaims().inNamespace(namespace).list())
        .getItems()
        .forEach(claim ->
            sizes.put(
                claim.getMetadata().getName(),
                String.valueOf(claim.getSpec().getResources().getRequests().get("storage"))));
    return sizes;
  }
}
