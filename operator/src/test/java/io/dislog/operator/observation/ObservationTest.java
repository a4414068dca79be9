package io.dislog.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import io.dislog.operator.TestClusters;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.objects.Shape;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a cluster's objects follow from. */
class ObservationTest {

  @Test
  void aNewClusterBeginsWithTheNodesThatAreWanted() {
    Shape shape = shape(3, null, Standing.of(3, 0));
    assertThat(shape.pods()).isEqualTo(3);
    assertThat(shape.members()).isEqualTo(3);
    assertThat(shape.image()).isEqualTo("dislog:default");
    assertThat(shape.claimSize()).isEqualTo("1Gi");
  }

  @Test
  void overKeptClaimsAllNodesThatWereComeBack() {
    Shape shape = shape(1, null, Standing.of(1, 0), 0, 2);
    assertThat(shape.pods()).isEqualTo(3);
    assertThat(shape.members()).isEqualTo(3);
  }

  @Test
  void podsForNewNodesAreMadeAtOnce() {
    Shape shape = shape(5, nodes(3, 3), Standing.of(5, 3));
    assertThat(shape.pods()).isEqualTo(5);
  }

  @Test
  void anEmptyNodeAsksAllThatMayBeMembers() {
    assertThat(shape(3, nodes(1, 1), Standing.of(3, 1)).members()).isEqualTo(3);
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 1)).members()).isEqualTo(3);
  }

  @Test
  void whoBeginsAClusterStaysTheSameUntilItHasBegun() {
    assertThat(shape(3, nodes(1, 1), Standing.of(3, 0).waiting(0)).members()).isEqualTo(1);
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 0).waiting(0)).pods()).isEqualTo(3);
  }

  @Test
  void podsOfMembersStay() {
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 3)).pods()).isEqualTo(3);
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 2)).pods()).isEqualTo(2);
    assertThat(shape(1, nodes(2, 3), Standing.of(1, 1)).pods()).isEqualTo(1);
  }

  @Test
  void podsGoOneAtATime() {
    assertThat(shape(1, nodes(5, 5), Standing.of(1, 1)).pods()).isEqualTo(4);
  }

  @Test
  void thatALeaderListsANodeNoMoreIsNotEnoughForItsPodToGo() {
    Shape shape = shape(1, nodes(3, 3), Standing.of(1, 2), node -> false);
    assertThat(shape.pods()).isEqualTo(3);
    assertThat(shape.shrinking()).isFalse();
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 2), node -> node == 1).pods()).isEqualTo(3);
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 2), node -> node == 2).pods()).isEqualTo(2);
  }

  @Test
  void aPodStaysThatWasSaidToBeOutAndIsListed() {
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 3), node -> true).pods()).isEqualTo(3);
  }

  @Test
  void podsOfNodesThatMayCountComeBackThoughNobodyLeads() {
    assertThat(shape(1, nodes(1, 3), Standing.of(1, 3).silent(1).silent(2)).pods()).isEqualTo(3);
  }

  @Test
  void podsStayWhereNotAllShardsAreToldOf() {
    assertThat(shape(1, nodes(5, 5), Standing.of(1, 3).halfTold()).pods()).isEqualTo(5);
  }

  @Test
  void podsGoBecauseTheResourceWantsFewerAndNotBecauseSomebodyDoes() {
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 2)).shrinking()).isTrue();
    assertThat(shape(3, nodes(1, 3), Standing.of(3, 3)).shrinking()).isFalse();
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 3)).shrinking()).isFalse();
  }

  @Test
  void podsStayWhileItIsNotKnownWhoseNodesAreMembers() {
    assertThat(shape(1, nodes(3, 3), Standing.of(1, 0)).pods()).isEqualTo(3);
    assertThat(shape(1, nodes(5, 5), Standing.of(1, 3).unheard(0)).pods()).isEqualTo(5);
    assertThat(shape(1, nodes(5, 5), Standing.of(1, 3).unheard(1).unheard(2)).pods()).isEqualTo(5);
  }

  @Test
  void claimsAreMadeAsTheStatefulSetWas() {
    assertThat(shape(1, nodes(1, 1), Standing.of(1, 1)).claimSize()).isEqualTo("512Mi");
  }

  private static Shape shape(
      int wanted, @Nullable StatefulSet nodes, Standing standing, int... claims) {
    return shape(wanted, nodes, standing, node -> true, claims);
  }

  private static Shape shape(
      int wanted,
      @Nullable StatefulSet nodes,
      Standing standing,
      IntPredicate isOut,
      int... claims) {
    DislogCluster cluster = TestClusters.of("here", wanted);
    SortedMap<Integer, PersistentVolumeClaim> there = new TreeMap<>();
    for (int claim : claims) {
      there.put(claim, new PersistentVolumeClaim());
    }
    Situation at = standing.situation();
    return new Observation(
            cluster,
            new TreeMap<>(),
            there,
            at.reports(),
            at.unreachable(),
            standing.views(),
            at.membership())
        .shape(nodes, "dislog:default", isOut);
  }

  private static StatefulSet nodes(int pods, int members) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withName("demo")
        .addToAnnotations("dislog.io/members", Integer.toString(members))
        .endMetadata()
        .withNewSpec()
        .withReplicas(pods)
        .addNewVolumeClaimTemplate()
        .withNewSpec()
        .withNewResources()
        .addToRequests("storage", new Quantity("512Mi"))
        .endResources()
        .endSpec()
        .endVolumeClaimTemplate()
        .endSpec()
        .build();
  }
}
