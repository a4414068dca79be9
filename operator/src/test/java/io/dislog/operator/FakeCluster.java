package io.dislog.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.node.Addresses;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cluster all of which is played but the operator and the API server. Claims of nodes that are
 * scaled away go with them. For one thread.
 */
public final class FakeCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int LOOKS = 5;

  private final KubernetesClient client;
  private final String namespace;
  private final FakeService service = new FakeService();
  private final FakeKubernetes kubernetes;
  private RunningOperator operator;

  /**
   * @param client that everybody uses but the operator
   * @param operators the operator's client
   */
  FakeCluster(KubernetesClient client, KubernetesClient operators, String namespace) {
    this(client, operators, namespace, InstantSource.system());
  }

  /**
   * @param clock of the operator's machine
   */
  FakeCluster(
      KubernetesClient client, KubernetesClient operators, String namespace, InstantSource clock) {
    this(client, namespace, service -> new RunningOperator(operators, namespace, service, clock));
  }

  /**
   * @param operator that is to look after it, by where that finds nodes
   */
  FakeCluster(
      KubernetesClient client, String namespace, Function<Addresses, RunningOperator> operator) {
    this.client = client;
    this.namespace = namespace;
    kubernetes = new FakeKubernetes(client, namespace, service);
    this.operator = operator.apply(service);
  }

  public FakeService service() {
    return service;
  }

  RunningOperator operator() {
    return operator;
  }

  /** Ends the operator, and starts another one. */
  void replaceOperator(KubernetesClient operators) {
    operator.close();
    operator = new RunningOperator(operators, namespace, service);
  }

  /** Makes the resource, or changes it as a user would. */
  public void change(int replicas, @Nullable String image, String maxAge) {
    RetentionSpec retention = new RetentionSpec(maxAge, null, null, null, null, null, null);
    DislogClusterSpec spec = TestClusters.spec(replicas, image, retention);
    if (TestClusters.get(client, namespace) == null) {
      var cluster = TestClusters.of(namespace, replicas);
      cluster.setSpec(spec);
      client.resource(cluster).create();
    } else {
      TestClusters.change(client, namespace, spec);
    }
  }

  /** Deletes a node's claim, as a user would who does not know better. */
  void deleteClaim(int node) {
    var _ =
        Insistence.ask(() ->
            client
                .persistentVolumeClaims()
                .inNamespace(namespace)
                .withName("data-" + FakeController.podName(node))
                .delete());
  }

  /** Waits until the resource says that all is as it asks for, and the pods are. */
  public void awaitSettled(int count, String image) throws InterruptedException {
    awaitSettled(count, image, PATIENCE);
  }

  /** The same, for so long at most. */
  public void awaitSettled(int count, String image, Duration patience) throws InterruptedException {
    Await.until(
        () -> "%d nodes of %s are settled: %s".formatted(count, image, this),
        patience,
        () -> {
          assertThat(service.members().wrongs()).isEmpty(); // Some of them never end.
          return isSo(Conditions.READY, "True")
              && isSo(Conditions.PROGRESSING, "False")
              && isSo(Conditions.RETENTION_APPLIED, "True")
              && pods(pod -> pod.getSpec().getContainers().getFirst().getImage())
                  .equals(Collections.nCopies(count, image));
        });
  }

  /** Has the operator look a few times more, at a resource that changes. */
  void awaitLooks() throws InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      int last = operator.reconciliations();
      keepFor(10 + look);
      Await.until(
          () -> "it looks again: " + this, PATIENCE, () -> operator.reconciliations() > last);
    }
  }

  /** What no pod is replaced for. */
  private void keepFor(int days) {
    TestClusters.patch(
        client, namespace, "{\"spec\":{\"retention\":{\"maxAge\":\"%dd\"}}}".formatted(days));
  }

  /** Has pods get another container on their way, as a mesh's admission does. */
  void inject(String container) {
    kubernetes.inject(container);
  }

  /** Waits until people are told something, in whatever words beside these. */
  public void awaitTold(String type, String status, String... words) throws InterruptedException {
    Await.until(
        () -> "%s is %s with %s: %s".formatted(type, status, List.of(words), this),
        PATIENCE,
        () ->
            isSo(type, status)
                && condition(type)
                    .map(Condition::getMessage)
                    .filter(message -> List.of(words).stream().allMatch(message::contains))
                    .isPresent());
  }

  String reason(String type) {
    return condition(type).map(Condition::getReason).orElse("");
  }

  private boolean isSo(String type, String status) {
    return TestClusters.isSo(client, namespace, type, status);
  }

  private Optional<Condition> condition(String type) {
    var status = requireNonNull(TestClusters.get(client, namespace).getStatus());
    return Conditions.find(requireNonNull(status.conditions()), type);
  }

  <T> List<T> pods(Function<Pod, T> what) {
    return Insistence.ask(() -> client.pods().inNamespace(namespace).list()).getItems().stream()
        .map(what)
        .toList();
  }

  @Override
  public String toString() {
    return "%s %s %s %s"
        .formatted(
            Serialization.asYaml(TestClusters.get(client, namespace).getStatus()),
            service.members().wrongs(),
            kubernetes,
            operator);
  }

  @Override
  public void close() {
    operator.close();
    kubernetes.close();
    service.close();
  }
}
