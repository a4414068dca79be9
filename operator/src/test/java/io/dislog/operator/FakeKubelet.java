package io.dislog.operator;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays a kubelet whose pods are processes, and tells how they are. Safe for use by many threads,
 * of which one has the pods live and end.
 */
final class FakeKubelet implements AutoCloseable {

  private final KubernetesClient client;
  private final String namespace;
  private final @Nullable Path folder;
  private final @Nullable FakeService service;
  private final ConcurrentMap<Integer, FakeNode> nodes = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> running = new ConcurrentHashMap<>();
  private final Set<Integer> wiped = ConcurrentHashMap.newKeySet();
  private final Set<Integer> held = ConcurrentHashMap.newKeySet();

  /**
   * @param folder for the nodes' volumes, or null where pods have no processes
   * @param service that plays the processes, or null; where there is neither no pod is ever ready
   */
  FakeKubelet(
      KubernetesClient client,
      String namespace,
      @Nullable Path folder,
      @Nullable FakeService service) {
    this.client = client;
    this.namespace = namespace;
    this.folder = folder;
    this.service = service;
  }

  /** Where a node is reached from outside. */
  URI uri(int ordinal) {
    return folder == null ? URI.create("http://127.0.0.1:1") : node(ordinal).uri();
  }

  FakeNode node(int ordinal) {
    return nodes.computeIfAbsent(
        ordinal,
        number -> {
          try {
            return new FakeNode(
                FakeController.podName(number),
                requireNonNull(folder).resolve(FakeController.podName(number)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Has all that is on a node's volume go with the pod that runs now. */
  void wipe(int ordinal) {
    wiped.add(ordinal);
  }

  /** Has pods of a node wait from now on before they begin, or no longer. */
  void hold(int ordinal, boolean isHeld) {
    if (isHeld) {
      held.add(ordinal);
    } else {
      held.remove(ordinal);
    }
  }

  /** Has a pod's process run, and tells how it is. */
  void live(Pod pod, int ordinal) throws IOException {
    String uid = pod.getMetadata().getUid();
    if (folder == null && service == null) {
      status(pod, "Pending", false);
      return;
    }
    Optional<Ailment> ailment = Ailment.of(pod.getSpec().getContainers().getFirst().getImage());
    if (ailment.isPresent() && ailment.get() != Ailment.DEAF) {
      FakeWarning.of(client, pod, ailment.get().told());
      status(pod, "Pending", false, ailment.get().state());
      return;
    }
    if (!uid.equals(running.get(pod.getMetadata().getName()))) {
      end(ordinal);
      if (held.contains(ordinal)) {
        status(pod, "Pending", false);
        return;
      }
      ConfigMap config =
          client.configMaps().inNamespace(namespace).withName(TestClusters.NAME).get();
      String properties = requireNonNull(config.getData().get("application.properties"));
      if (service == null) {
        node(ordinal).start(properties, this::onLoopback);
      } else {
        service.isDeaf(ordinal, ailment.isPresent());
        service.members().start(ordinal, properties.split(":9700:", -1).length - 1);
      }
      running.put(pod.getMetadata().getName(), uid);
    }
    boolean isReady =
        service == null ? node(ordinal).isReady() : service.members().isReady(ordinal);
    status(pod, "Running", isReady);
  }

  /** Ends a pod's process; another one may take its place. */
  void end(int ordinal) {
    if (running.remove(FakeController.podName(ordinal)) == null) {
      return;
    }
    if (service != null) {
      service.members().stop(ordinal);
      return;
    }
    node(ordinal).stop();
    if (wiped.remove(ordinal)) {
      node(ordinal).wipe();
    }
  }

  /** Has a node that is played, and does not run, lose all that it has stored. */
  void forget(int ordinal) {
    if (service != null) {
      service.members().forget(ordinal);
    }
  }

  /** Tells a node that is played that none takes its place. */
  void dismiss(int ordinal, boolean withClaim) {
    if (service != null && running.containsKey(FakeController.podName(ordinal))) {
      service.members().dismiss(ordinal, withClaim);
    }
  }

  private void status(Pod pod, String phase, boolean ready) {
    status(pod, phase, ready, null);
  }

  private void status(Pod pod, String phase, boolean ready, @Nullable ContainerState state) {
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
                  .withContainerStatuses(state == null ? List.of() : List.of(container(state)))
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

  private static ContainerStatus container(ContainerState state) {
    return new ContainerStatusBuilder()
        .withName("dislog")
        .withImage("dislog")
        .withImageID("")
        .withReady(false)
        .withRestartCount(0)
        .withState(state)
        .build();
  }

  /** Names of pods behind the headless Service, put as what is really there. */
  private String onLoopback(String text) {
    String changed = text;
    for (int ordinal = 0; ordinal < 9; ordinal++) {
      String address =
          "%s.demo-nodes.%s.svc:9700:8080".formatted(FakeController.podName(ordinal), namespace);
      if (changed.contains(address)) {
        changed = changed.replace(address, node(ordinal).address());
      }
    }
    return changed;
  }

  @Override
  public void close() {
    nodes.values().forEach(FakeNode::close);
  }
}
