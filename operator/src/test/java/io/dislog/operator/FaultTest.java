package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.Adversity.Fault;
import io.dislog.operator.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes fail, each of them in turn, in clusters beside each other. */
@ExtendWith(ApiServerExtension.class)
class FaultTest {

  /** Seven objects, the status, and an event or two. */
  private static final int WRITES = 10;

  /** Of a node that is taken out: the status, the StatefulSet, and events. */
  private static final int SHRINKING_WRITES = 6;

  /** Dozens of clusters share what a busy machine has left. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String IMAGE = "dislog:one";
  private static final String OTHER_IMAGE = "dislog:other";

  private final ApiServer server;
  private final KubernetesClient client;

  FaultTest(ApiServer server) {
    this.server = server;
    this.client = server.client();
  }

  @Test
  void aClusterIsMadeThoughAnyOfItsWritesFails() throws Exception {
    List<String> namespaces = new ArrayList<>();
    try (Adversity adversity = new Adversity(client)) {
      for (Fault fault : Fault.values()) {
        for (int write = 1; write <= WRITES; write++) {
          int failing = write;
          String namespace = server.newNamespace();
          namespaces.add(namespace);
          adversity.befalls(
              namespace, number -> number == failing ? Optional.of(fault) : Optional.empty());
        }
      }
      try (RunningOperator operator = new RunningOperator(adversity.client())) {
        makeClusters(namespaces);
        awaitAll(namespaces, operator);
        for (String namespace : namespaces) {
          // Events may come last.
          Await.until(
              () ->
                  "there was such a write: %d, %s".formatted(adversity.writes(namespace), operator),
              PATIENCE,
              () -> adversity.writes(namespace) > 8);
        }
      }
    }
  }

  @Test
  void anotherOperatorGoesOnWhereOneWasKilledBetweenAnyTwoWrites() throws Exception {
    List<String> namespaces = new ArrayList<>();
    try (Adversity adversity = new Adversity(client)) {
      for (int write = 0; write < WRITES; write++) {
        int last = write;
        String namespace = server.newNamespace();
        namespaces.add(namespace);
        adversity.befalls(
            namespace, number -> number > last ? Optional.of(Fault.ERROR) : Optional.empty());
      }
      try (RunningOperator operator = new RunningOperator(adversity.client())) {
        makeClusters(namespaces);
        for (int write = 0; write < WRITES; write++) {
          int last = write;
          Await.until(
              () -> "the write after %d: %s".formatted(last, operator),
              PATIENCE,
              () -> adversity.writes(namespaces.get(last)) > Math.min(last, 7));
        }
      }
    }
    try (RunningOperator operator = new RunningOperator(client)) {
      awaitAll(namespaces, operator);
    }
  }

  @Tag("slow")
  @Test
  void aClusterGrowsRollsAndShrinksThoughEveryFourthWriteFails() throws Exception {
    List<Fault> faults = List.of(Fault.values());
    try (Adversity adversity = new Adversity(client)) {
      List<Lives.Life> lives = new ArrayList<>();
      for (int offset = 0; offset < 4; offset++) {
        int first = offset;
        String namespace = server.newNamespace();
        adversity.befalls(
            namespace,
            write ->
                write % 4 == first
                    ? Optional.of(faults.get(write / 4 % faults.size()))
                    : Optional.empty());
        lives.add(() -> {
          try (FakeCluster cluster = new FakeCluster(client, adversity.client(), namespace)) {
            live(cluster);
          }
        });
      }
      Lives.liveAll(lives);
    }
  }

  private static void live(FakeCluster cluster) throws InterruptedException {
    cluster.change(1, IMAGE, "7d");
    cluster.awaitSettled(1, IMAGE);
    cluster.change(3, IMAGE, "7d");
    cluster.awaitSettled(3, IMAGE);
    cluster.change(3, OTHER_IMAGE, "9d");
    cluster.awaitSettled(3, OTHER_IMAGE);
    assertThat(cluster.service().defaults()).contains("9d");
    cluster.change(1, OTHER_IMAGE, "9d");
    cluster.awaitSettled(1, OTHER_IMAGE);
    assertThat(cluster.service().members().wrongs()).isEmpty();
    assertThat(cluster.service().members().dismissed()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void aNodeIsTakenOutThoughTheOperatorIsKilledBetweenAnyTwoWrites() throws Exception {
    try (Adversity adversity = new Adversity(client)) {
      List<Lives.Life> lives = new ArrayList<>();
      for (int write = 0; write < SHRINKING_WRITES; write++) {
        int last = write;
        String namespace = server.newNamespace();
        lives.add(() -> {
          try (FakeCluster cluster = new FakeCluster(client, adversity.client(), namespace)) {
            cluster.change(2, IMAGE, "7d");
            cluster.awaitSettled(2, IMAGE);
            int before = adversity.writes(namespace);
            adversity.befalls(
                namespace,
                number -> number > before + last ? Optional.of(Fault.ERROR) : Optional.empty());
            cluster.change(1, IMAGE, "7d");
            Await.until(
                () -> "the write after %d: %s".formatted(last, cluster),
                PATIENCE,
                () -> adversity.writes(namespace) > before + last);
            cluster.replaceOperator(client);
            cluster.awaitSettled(1, IMAGE);
            assertThat(cluster.service().members().wrongs()).isEmpty();
            assertThat(cluster.service().members().dismissed()).containsExactly(1);
          }
        });
      }
      Lives.liveAll(lives);
    }
  }

  private void makeClusters(List<String> namespaces) {
    for (String namespace : namespaces) {
      client.resource(TestClusters.of(namespace, 3)).create();
    }
  }

  /** Waits until all clusters are as if nothing had happened. */
  private void awaitAll(List<String> namespaces, RunningOperator operator)
      throws InterruptedException {
    Set<String> missing = new HashSet<>(namespaces);
    Await.until(
        () -> "all objects in %s: %s".formatted(missing, operator),
        PATIENCE,
        () -> {
          missing.removeIf(namespace ->
              OwnedObjects.of(client, namespace).size() == 7
                  && TestClusters.isSo(client, namespace, Conditions.RECONCILE_ERROR, "False"));
          return missing.isEmpty();
        });
  }
}
