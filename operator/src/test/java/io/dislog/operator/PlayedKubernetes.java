package io.dislog.operator;

import static java.util.Objects.requireNonNull;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.Addresses;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays, for one cluster, what is missing beside an API server: the StatefulSet's and the
 * disruption budget's controllers, and a kubelet whose pods are processes. Has a thread of its own;
 * safe for use by many.
 */
final class PlayedKubernetes implements Addresses, AutoCloseable {

  private static final String REVISION = "controller-revision-hash";
  private static final int PAUSE_MILLIS = 100;

  private final KubernetesClient client;
  private final String namespace;
  private final @Nullable Path folder;
  private final ConcurrentMap<Integer, PlayedNode> nodes = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> running = new ConcurrentHashMap<>();
  private final Set<Integer> wiped = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param folder for the nodes' volumes, or null where pods have no processes and are never ready
   */
  PlayedKubernetes(KubernetesClient client, String namespace, @Nullable Path folder) {
    this.client = client;
    this.namespace = namespace;
    this.folder = folder;
    this.thread = Thread.ofPlatform().name("kubernetes-" + namespace).start(this::run);
  }

  /** Where an operator finds a node. */
  @Override
  public URI of(DislogCluster cluster, int ordinal) {
    return folder == null ? URI.create("http://127.0.0.1:1") : node(ordinal).uri();
  }

  PlayedNode node(int ordinal) {
    return nodes.computeIfAbsent(
        ordinal,
        number -> {
          try {
            return new PlayedNode(name(number), requireNonNull(folder).resolve(name(number)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Takes a node's pod away, and all that is on its volume. */
  void wipe(int ordinal) {
    wiped.add(ordinal);
    client.pods().inNamespace(namespace).withName(name(ordinal)).delete();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    nodes.values().forEach(PlayedNode::close);
  }

  private void run() {
    while (!closed) {
      try {
        look();
        Thread.sleep(PAUSE_MILLIS);
      } catch (KubernetesClientException | IOException e) {
        // Somebody else was faster; the next look finds out.
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
    String revision = revision(set);
    List<Pod> pods =
        client
            .pods()
            .inNamespace(namespace)
            .withLabels(set.getSpec().getSelector().getMatchLabels())
            .list()
            .getItems();
    for (int ordinal = 0; ordinal < set.getSpec().getReplicas(); ordinal++) {
      String name = name(ordinal);
      if (pods.stream().noneMatch(pod -> pod.getMetadata().getName().equals(name))) {
        end(ordinal);
        make(set, ordinal, revision);
      }
    }
    for (Pod pod : pods) {
      int ordinal = ordinal(pod);
      if (ordinal >= set.getSpec().getReplicas()) {
        client.resource(pod).delete();
        end(ordinal);
      } else {
        live(pod, ordinal);
      }
    }
    tell(set, revision, pods);
    budget(pods);
  }

  private void make(StatefulSet set, int ordinal, String revision) {
    claim(set, ordinal);
    var template = set.getSpec().getTemplate();
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name(ordinal))
            .withNamespace(namespace)
            .withLabels(template.getMetadata().getLabels())
            .addToLabels(REVISION, revision)
            .withAnnotations(template.getMetadata().getAnnotations())
            .endMetadata()
            .withSpec(template.getSpec())
            .editSpec()
            .addNewVolume()
            .withName("data")
            .withNewPersistentVolumeClaim("data-" + name(ordinal), false)
            .endVolume()
            .endSpec()
            .build();
    client.resource(pod).create();
  }

  private void claim(StatefulSet set, int ordinal) {
    PersistentVolumeClaim template = set.getSpec().getVolumeClaimTemplates().getFirst();
    PersistentVolumeClaim claim =
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName("data-" + name(ordinal))
            .withNamespace(namespace)
            .withLabels(set.getSpec().getSelector().getMatchLabels())
            .endMetadata()
            .withSpec(template.getSpec())
            .editSpec()
            .withVolumeName("volume-" + name(ordinal))
            .endSpec()
            .build();
    if (client.resource(claim).get() == null) {
      PersistentVolumeClaim made = client.resource(claim).create();
      client
          .resource(
              new PersistentVolumeClaimBuilder(made)
                  .withNewStatus()
                  .withPhase("Bound")
                  .withCapacity(made.getSpec().getResources().getRequests())
                  .endStatus()
                  .build())
          .updateStatus();
    }
  }

  /** Has a pod's process run, and tells how it is. */
  private void live(Pod pod, int ordinal) throws IOException {
    String uid = pod.getMetadata().getUid();
    if (folder == null) {
      status(pod, "Pending", false);
      return;
    }
    if (!uid.equals(running.get(pod.getMetadata().getName()))) {
      end(ordinal);
      ConfigMap config =
          client.configMaps().inNamespace(namespace).withName(TestClusters.NAME).get();
      node(ordinal)
          .start(requireNonNull(config.getData().get("application.properties")), this::onLoopback);
      running.put(pod.getMetadata().getName(), uid);
    }
    status(pod, "Running", node(ordinal).isReady());
  }

  private void end(int ordinal) {
    if (running.remove(name(ordinal)) != null) {
      node(ordinal).stop();
      if (wiped.remove(ordinal)) {
        node(ordinal).wipe();
      }
    }
  }

  private void status(Pod pod, String phase, boolean ready) {
    String status = ready ? "True" : "False";
    boolean isSo =
        phase.equals(pod.getStatus().getPhase())
            && pod.getStatus().getConditions().stream()
                .anyMatch(condition ->
                    condition.getType().equals("Ready") && condition.getStatus().equals(status));
    if (!isSo) {
      client
          .resource(
              new PodBuilder(pod)
                  .editStatus()
                  .withPhase(phase)
                  .removeMatchingFromConditions(condition -> "Ready".equals(condition.getType()))
                  .addNewCondition()
                  .withType("Ready")
                  .withStatus(status)
                  .withLastTransitionTime(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                  .endCondition()
                  .endStatus()
                  .build())
          .updateStatus();
    }
  }

  /** Names of pods behind the headless Service, put as what is really there. */
  private String onLoopback(String text) {
    String changed = text;
    for (int ordinal = 0; ordinal < 9; ordinal++) {
      String address = "%s.demo-nodes.%s.svc:9700:8080".formatted(name(ordinal), namespace);
      if (changed.contains(address)) {
        changed = changed.replace(address, node(ordinal).address());
      }
    }
    return changed;
  }

  private void tell(StatefulSet set, String revision, List<Pod> pods) {
    StatefulSet told =
        new StatefulSetBuilder(set)
            .withNewStatus()
            .withObservedGeneration(set.getMetadata().getGeneration())
            .withReplicas(pods.size())
            .withUpdateRevision(revision)
            .endStatus()
            .build();
    if (!told.getStatus().equals(set.getStatus())) {
      client.resource(told).updateStatus();
    }
  }

  private void budget(List<Pod> pods) {
    PodDisruptionBudget budget =
        client
            .policy()
            .v1()
            .podDisruptionBudget()
            .inNamespace(namespace)
            .withName(TestClusters.NAME)
            .get();
    if (budget == null) {
      return;
    }
    int healthy =
        (int)
            pods.stream()
                .filter(pod ->
                    pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                            condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .count();
    IntOrString least = budget.getSpec().getMinAvailable();
    PodDisruptionBudget told =
        new PodDisruptionBudgetBuilder(budget)
            .withNewStatus()
            .withObservedGeneration(budget.getMetadata().getGeneration())
            .withExpectedPods(pods.size())
            .withCurrentHealthy(healthy)
            .withDesiredHealthy(least.getIntVal())
            .withDisruptionsAllowed(Math.max(0, healthy - least.getIntVal()))
            .endStatus()
            .build();
    if (budget.getStatus() == null
        || !told.getStatus()
            .getDisruptionsAllowed()
            .equals(budget.getStatus().getDisruptionsAllowed())
        || !told.getStatus()
            .getObservedGeneration()
            .equals(budget.getStatus().getObservedGeneration())) {
      client.resource(told).updateStatus();
    }
  }

  private static String revision(StatefulSet set) {
    String template = Serialization.asJson(set.getSpec().getTemplate());
    return "demo-" + Integer.toHexString(template.hashCode());
  }

  private static int ordinal(Pod pod) {
    String name = pod.getMetadata().getName();
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  private static String name(int ordinal) {
    return TestClusters.NAME + "-" + ordinal;
  }

  /** Sizes that claims ask for, by their names. */
  Map<String, String> claims() {
    Map<String, String> sizes = new ConcurrentHashMap<>();
    client
        .persistentVolumeClaims()
        .inNamespace(namespace)
        .list()
        .getItems()
        .forEach(claim ->
            sizes.put(
                claim.getMetadata().getName(),
                String.valueOf(claim.getSpec().getResources().getRequests().get("storage"))));
    return sizes;
  }
}
