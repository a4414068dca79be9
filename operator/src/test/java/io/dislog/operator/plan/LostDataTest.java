package io.dislog.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import io.dislog.operator.TestClusters;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.observation.Loss;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is done where volumes are new, or about to go. */
class LostDataTest {

  @Test
  void aNodeByItselfWaitsForItsDataAndSaysHowToGoOn() {
    Plan plan = Standing.of(1, 0).missing(0).begun(false).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.reason()).isEqualTo("DataLost");
    assertThat(plan.message())
        .contains("the volumes of demo-0 are new")
        .contains("kubectl annotate dlc/demo dislog.io/accept-data-loss=6f1c");
  }

  @Test
  void whatIsGivenUpBeginsAnewPodByPod() {
    assertThat(Standing.of(1, 0).missing(0).begun(true).plan().step())
        .isEqualTo(new Step.Replace(0, "uid-0"));
    assertThat(Standing.of(3, 0).missing(0).missing(1).missing(2).begun(true).plan().step())
        .isEqualTo(new Step.Replace(0, "uid-0"));
    assertThat(Standing.of(3, 0).waiting(0).missing(1).missing(2).begun(true).plan().step())
        .isEqualTo(new Step.Replace(1, "uid-1"));
    assertThat(Standing.of(1, 0).waiting(0).begun(true).plan().step()).isNull();
  }

  @Test
  void aMinorityIsAddedAnewWithoutAnybodysWord() {
    assertThat(Standing.of(3, 3).waiting(2).begun(false).plan().step())
        .isEqualTo(new Step.Add(2, true));
  }

  @Test
  void whereSomeNodesHaveDataNothingBeginsEmpty() {
    Plan told = Standing.of(3, 3).ledBy(2).waiting(0).waiting(1).begun(false).plan();
    assertThat(told.step()).isNull();
    assertThat(told.message())
        .contains("the volumes of demo-0, demo-1 are new")
        .contains("the nodes that have data are no quorum")
        .contains("kubectl annotate dlc/demo dislog.io/accept-data-loss=6f1c");
  }

  @Test
  void theNodeThatHasDataBeginsAnewOnceItsPodReadsThat() {
    Standing lost = Standing.of(3, 3).ledBy(2).waiting(0).waiting(1).begun(true).beginsAnew(2);
    Plan plan = lost.alone(2, "shards without a leader: [0, 1]").plan();
    assertThat(plan.step()).isEqualTo(new Step.Replace(2, "uid-2"));
    assertThat(plan.reason()).isEqualTo("BeginningAnew");
    assertThat(plan.message()).contains("demo-2 begins the cluster anew from what it has");
    for (String why :
        List.of(
            "recovering: 1 of 2 shards",
            "begins anew by itself, if no quorum answers: dislog.raft.begin-anew",
            "shards without a leader: [0]; does not begin anew, as dislog.raft.begin-anew wants")) {
      Plan waiting = lost.alone(2, why).plan();
      assertThat(waiting.step()).as(why).isNull();
      assertThat(waiting.message()).contains(why);
    }
    assertThat(lost.silent(2).plan().reason()).isEqualTo("BeginningAnew");
  }

  @Test
  void whoBeginsAnewIsChosenOnceAllSayWhatTheyHave() {
    Plan plan =
        Standing.of(5, 5).ledBy(4).waiting(0).waiting(1).waiting(2).silent(3).begun(true).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.reason()).isEqualTo("DataLost");
    assertThat(plan.message()).contains("demo-3");
  }

  @Test
  void whereAQuorumAnswersNobodyBeginsAnew() {
    assertThat(Standing.of(3, 3).waiting(2).begun(true).beginsAnew(0).plan().step())
        .isEqualTo(new Step.Add(2, true));
  }

  @Test
  void aClusterThatBeginsLosesNothingWhileSomeNodesAreNotThereYet() {
    Plan plan = Standing.of(3, 3).ledBy(2).waiting(0).waiting(1).beginning().plan();
    assertThat(plan.reason()).isNotEqualTo("DataLost");
  }

  @Test
  void nodesThatWaitToBeAddedHaveLostNothingWhileTheOneWithDataIsAway() {
    Plan plan = Standing.of(3, 1).waiting(1).waiting(2).silent(0).begun(false).plan();
    assertThat(plan.reason()).isNotEqualTo(LostData.REASON);
    assertThat(plan.step()).isNull();
  }

  @Test
  void aPodThatWaitsForAClaimThatGoesIsNotReplacedForIt() {
    Plan plan = Standing.of(3, 3).leaving(1).unscheduled(1).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).contains("another pod or a finalizer holds it");
  }

  @Test
  void aClusterThatNeverBeganIsMissedByNobody() {
    assertThat(Standing.of(3, 0).waiting(0).waiting(1).waiting(2).plan().reason())
        .isEqualTo("Starting");
  }

  @Test
  void onlyTheClustersOwnIdGivesItsDataUp() {
    assertThat(loss("6f1c", "6f1c").accepted()).isTrue();
    assertThat(loss("6f1c", "6f1c").begun()).isFalse();
    assertThat(loss("6f1c", "other").accepted()).isFalse();
    assertThat(loss("6f1c", "other").begun()).isTrue();
    assertThat(loss(null, "6f1c").accepted()).isFalse();
    assertThat(Loss.of(cluster("6f1c", "6f1c"), true, true).begun())
        .as("some node has data")
        .isTrue();
  }

  @Test
  void aNodeWhoseClaimIsBeingDeletedBeginsAnewWhereOthersHaveAll() {
    assertThat(Standing.of(3, 3).leaving(1).plan().step()).isEqualTo(new Step.Replace(1, "uid-1"));
    assertThat(Standing.of(3, 3).leaving(1).silent(2).plan().step()).isNull();
    assertThat(Standing.of(3, 3).leaving(1).leaving(2).ending(1).plan().step()).isNull();
  }

  @Test
  void aPodStaysWhoseClaimWouldTakeTheLastRecordsAlong() {
    assertThat(Standing.of(1, 1).leaving(0).plan().isSettled()).isTrue();
    assertThat(Standing.of(2, 2).leaving(0).plan().isSettled()).isTrue();
    Plan plan = Standing.of(1, 1).old(0).leaving(0).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).contains("its claim is being deleted, and goes with its pod");
    assertThat(Standing.of(1, 1).oldAndBroken(0).leaving(0).plan().step()).isNull();
  }

  private static Loss loss(@Nullable String id, String accepted) {
    return Loss.of(cluster(id, accepted), false, true);
  }

  private static DislogCluster cluster(@Nullable String id, String accepted) {
    DislogCluster cluster = TestClusters.of("here", 1);
    cluster.getMetadata().setAnnotations(Map.of("dislog.io/accept-data-loss", accepted));
    cluster.setStatus(
        new DislogClusterStatus(
            null, null, null, null, null, null, null, null, null, List.of(), id, null));
    return cluster;
  }
}
