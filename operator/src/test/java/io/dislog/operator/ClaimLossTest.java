package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.status.Conditions;
import io.dislog.operator.status.LeavingClaims;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody deletes claims of a cluster that runs. */
@ExtendWith(ApiServerExtension.class)
class ClaimLossTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String IMAGE = "dislog:one";

  private final ApiServer server;

  ClaimLossTest(ApiServer server) {
    this.server = server;
  }

  @Test
  void aNodeBeginsAnewWhereTheOthersHaveAll() throws Exception {
    String namespace = server.newNamespace();
    try (FakeCluster cluster = new FakeCluster(server.client(), server.client(), namespace)) {
      cluster.change(3, IMAGE, "7d");
      cluster.awaitSettled(3, IMAGE);
      List<String> before = cluster.pods(pod -> pod.getMetadata().getUid());
      cluster.deleteClaim(1);
      Await.until(
          () -> "an event says so: " + cluster,
          PATIENCE,
          () ->
              Insistence.ask(() -> server.client().v1().events().inNamespace(namespace).list())
                  .getItems()
                  .stream()
                  .map(Event::getReason)
                  .anyMatch(LeavingClaims.REASON::equals));
      Await.until(
          () -> "its pod is replaced: " + cluster,
          PATIENCE,
          () ->
              cluster.pods(pod -> pod.getMetadata().getUid()).stream()
                      .filter(before::contains)
                      .count()
                  == 2);
      cluster.awaitSettled(3, IMAGE);
      cluster.awaitTold(Conditions.RECONCILE_ERROR, "False");
      assertThat(server.client().persistentVolumeClaims().inNamespace(namespace).list().getItems())
          .hasSize(3)
          .allMatch(claim -> claim.getMetadata().getDeletionTimestamp() == null);
    }
  }

  @Test
  void aNodeByItselfKeepsItsPodWhateverChanges() throws Exception {
    String namespace = server.newNamespace();
    try (FakeCluster cluster = new FakeCluster(server.client(), server.client(), namespace)) {
      cluster.change(1, IMAGE, "7d");
      cluster.awaitSettled(1, IMAGE);
      List<String> before = cluster.pods(pod -> pod.getMetadata().getUid());
      cluster.deleteClaim(0);
      cluster.awaitTold(
          Conditions.RECONCILE_ERROR,
          "True",
          "data-demo-0",
          "persistentVolumeReclaimPolicy",
          "spec.replicas to 3");
      cluster.change(1, "dislog:other", "7d");
      cluster.awaitTold(Conditions.PROGRESSING, "True", "its claim is being deleted");
      assertThat(cluster.pods(pod -> pod.getMetadata().getUid())).isEqualTo(before);
      cluster.change(3, "dislog:other", "7d");
      cluster.awaitSettled(3, "dislog:other");
      assertThat(cluster.service().members().wrongs()).isEmpty();
    }
  }
}
