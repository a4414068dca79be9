package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.operator.node.Addresses;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.runtime.ShutdownEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two operators of different releases beside each other, which differ in the image of nodes: one of
 * them acts, and the other one only once that is gone.
 */
@Tag("slow")
@ExtendWith(ApiServerExtension.class)
class TwoOperatorsTest {

  private static final TestRelease OLDER = new TestRelease("older", "dislog:older");
  private static final TestRelease NEWER = new TestRelease("newer", "dislog:newer");

  private static final String FUTURE = "dislog.io/future";
  private static final String SETS = "statefulsets/";

  /** All that is made for three nodes that roll: the operator writes the set for each step. */
  private static final int SET_WRITES = 10;

  private static final int WATCHED_SECONDS = 35;

  private final String namespace;
  private final KubernetesClient client;
  private final RequestCount older;
  private final RequestCount newer;

  TwoOperatorsTest(ApiServer server) {
    namespace = server.newNamespace();
    client = server.clientIn(namespace);
    older = new RequestCount(client);
    newer = new RequestCount(client);
  }

  @AfterEach
  void close() {
    older.close();
    newer.close();
    client.close();
  }

  @Test
  void oneActsAtATimeAndLeavesWhatItDoesNotKnow() throws Exception {
    try (FakeCluster cluster = new FakeCluster(client, namespace, this::older)) {
      Await.until(() -> "the older one leads", () -> OLDER.instance().equals(holder()));
      try (RunningOperator second = newer(cluster.service())) {
        cluster.change(3, null, "7d");
        cluster.awaitSettled(3, OLDER.image());
        addWhatNobodyKnows();
        settles();
        assertThat(second.reconciliations()).as("the newer one waits").isZero();
        assertThat(newer.changes("dislog")).isEmpty();
        assertThat(newer.changes(SETS)).isEmpty();

        // As an upgrade ends it: the lease is given up.
        cluster.operator().close();
        new Leadership().end(new ShutdownEvent(), OLDER, client);
        cluster.awaitSettled(3, NEWER.image());
        try (RunningOperator again = older(cluster.service())) {
          int had = settles();
          assertThat(again.reconciliations()).as("the older one waits").isZero();
          assertThat(had).isLessThanOrEqualTo(SET_WRITES);
          assertKeepsWhatNobodyKnows();

          // It is killed, and its lease runs out.
          kill(second);
          cluster.awaitSettled(3, OLDER.image());
          settles();
          assertKeepsWhatNobodyKnows();
        }
      }
      assertThat(cluster.service().members().wrongs()).isEmpty();
    }
  }

  private RunningOperator older(Addresses addresses) {
    return new RunningOperator(older.client(), namespace, addresses, OLDER);
  }

  private RunningOperator newer(Addresses addresses) {
    return new RunningOperator(newer.client(), namespace, addresses, NEWER);
  }

  private static void kill(RunningOperator operator) {
    operator.close();
  }

  /** As another release, or a tool beside it, may: none of it is what this operator applies. */
  private void addWhatNobodyKnows() {
    String metadata =
        "\"metadata\":{\"annotations\":{\"%s\":\"x\"},\"labels\":{\"future\":\"x\"}}"
            .formatted(FUTURE);
    var _ =
        client
            .apps()
            .statefulSets()
            .withName(TestClusters.NAME)
            .patch(
                PatchContext.of(PatchType.STRATEGIC_MERGE),
                "{%s,\"spec\":{\"minReadySeconds\":1}}".formatted(metadata));
    var _ =
        Insistence.ask(() ->
            client
                .resource(TestClusters.get(client, namespace))
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{%s}".formatted(metadata)));
  }

  private void assertKeepsWhatNobodyKnows() {
    for (ObjectMeta metadata :
        List.of(set().getMetadata(), TestClusters.get(client, namespace).getMetadata())) {
      assertThat(metadata.getAnnotations()).containsEntry(FUTURE, "x");
      assertThat(metadata.getLabels()).containsEntry("future", "x");
    }
    assertThat(set().getSpec().getMinReadySeconds()).isEqualTo(1);
  }

  /**
   * Nobody writes the set any more.
   *
   * @return how often both have until then
   */
  private int settles() throws InterruptedException {
    long generation = set().getMetadata().getGeneration();
    int writes = writes();
    TimeUnit.SECONDS.sleep(WATCHED_SECONDS);
    assertThat(writes()).as("%s %s", older.changes(SETS), newer.changes(SETS)).isEqualTo(writes);
    assertThat(set().getMetadata().getGeneration()).isEqualTo(generation);
    return writes;
  }

  private int writes() {
    return older.changes(SETS).size() + newer.changes(SETS).size();
  }

  private StatefulSet set() {
    return Insistence.ask(() -> client.apps().statefulSets().withName(TestClusters.NAME).get());
  }

  private String holder() {
    var lease = client.leases().withName(RunningOperator.LEASE).get();
    return lease == null ? "" : lease.getSpec().getHolderIdentity();
  }
}
