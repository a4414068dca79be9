package io.dislog.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void aClusterThatIsAsItShouldBeIsLeftAlone() {
    assertThat(Standing.of(3, 3).plan().isSettled()).isTrue();
    assertThat(Standing.of(1, 1).plan().isSettled()).isTrue();
  }

  @Test
  void firstMembersFindEachOtherThemselves() {
    Plan plan = Standing.of(3, 0).waiting(0).waiting(1).silent(2).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.reason()).isEqualTo("Starting");
    assertThat(plan.message()).contains("demo-2: ContainerCreating");
  }

  @Test
  void nodesAreAddedOneAfterTheOther() {
    assertThat(Standing.of(3, 1).waiting(1).waiting(2).plan().step())
        .isEqualTo(new Step.Add(1, false));
    assertThat(Standing.of(3, 2).waiting(2).plan().step()).isEqualTo(new Step.Add(2, false));
    assertThat(Standing.of(5, 3).waiting(3).waiting(4).plan().step())
        .isEqualTo(new Step.Add(3, false));
  }

  @Test
  void aNodeThatDoesNotStartYetHoldsUpNoOther() {
    assertThat(Standing.of(5, 3).silent(3).waiting(4).plan().step())
        .isEqualTo(new Step.Add(4, false));
  }

  @Test
  void aNodeIsNotAddedBeforeItsProcessAnswers() {
    Plan plan = Standing.of(3, 2).silent(2).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message())
        .isEqualTo("demo-2 becomes a member; waits: demo-2: ContainerCreating");
  }

  @Test
  void noNodeIsAddedWhileAMemberIsAway() {
    Plan plan = Standing.of(5, 3).silent(1).waiting(3).waiting(4).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).contains("demo-1");
  }

  @Test
  void aNodeOfWhichOnlySomeShardsKnowIsAddedOn() {
    assertThat(Standing.of(3, 2).partly(2).plan().step()).isEqualTo(new Step.Add(2, true));
  }

  @Test
  void aMemberWithoutItsVolumeIsAddedAnew() {
    assertThat(Standing.of(3, 3).waiting(0).ledBy(1).plan().step())
        .isEqualTo(new Step.Add(0, true));
  }

  @Test
  void aMemberWithoutItsVolumeWaitsForTheOthers() {
    assertThat(Standing.of(3, 3).waiting(0).silent(2).ledBy(1).plan().step()).isNull();
  }

  @Test
  void nodesAreTakenOutFromTheHighestOn() {
    assertThat(Standing.of(3, 5).plan().step()).isEqualTo(new Step.Remove(4));
    assertThat(Standing.of(1, 3).plan().step()).isEqualTo(new Step.Remove(2));
    assertThat(Standing.of(1, 2).plan().step()).isEqualTo(new Step.Remove(1));
  }

  @Test
  void aNodeIsAskedToBeOutThoughNoLeaderListsItAnyMore() {
    assertThat(Standing.of(3, 4).unlisted(3).plan().step()).isEqualTo(new Step.Remove(3));
    assertThat(Standing.of(1, 1).waiting(1).waiting(2).ofPods(3).plan().step())
        .isEqualTo(new Step.Remove(2));
  }

  @Test
  void nothingIsDoneBeforeAllShardsWereToldOf() {
    Plan plan = Standing.of(3, 5).halfTold().plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).contains("no node reports on the shards [1]");
  }

  @Test
  void nothingIsDoneOnTheWordOfThoseWhoDoNotCount() {
    Plan plan = Standing.of(1, 5).unlisted(3).unlisted(4).unheard(1).unheard(2).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).contains("only 1 of 3 members answer");
  }

  @Test
  void aNodeThatIsReadyAndDoesNotAnswerIsToldWithWhy() {
    assertThat(Standing.of(3, 3).mute(2, "node demo-2 does not answer").plan().message())
        .contains("demo-2: node demo-2 does not answer");
  }

  @Test
  void aNodeThatIsAwayCanBeTakenOut() {
    assertThat(Standing.of(3, 4).silent(3).plan().step()).isEqualTo(new Step.Remove(3));
  }

  @Test
  void noNodeIsTakenOutWhileAnotherOneIsAway() {
    Plan plan = Standing.of(3, 5).silent(1).ledBy(2).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).startsWith("demo-4 is taken out; waits: demo-1");
  }

  @Test
  void noNodeIsTakenOutWhileAnotherOneIsBehind() {
    assertThat(Standing.of(3, 5).behind(2).plan().step()).isNull();
  }

  @Test
  void nothingIsDoneWhileAShardHasNoLeader() {
    Plan plan = Standing.of(3, 5).unheard(0).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).contains("no leader answers for the shards [0]");
  }

  @Test
  void nothingIsDoneOnAMinoritysWord() {
    Plan plan = Standing.of(3, 5).unheard(2).unheard(3).unheard(4).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).contains("only 2 of 5 members answer");
  }

  @Test
  void podsAreReplacedOneAfterTheOtherLeadersLast() {
    assertThat(Standing.of(3, 3).old(0).old(1).old(2).plan().step())
        .isEqualTo(new Step.Replace(2, "uid-2"));
    assertThat(Standing.of(3, 3).old(0).old(1).plan().step())
        .isEqualTo(new Step.Replace(1, "uid-1"));
    assertThat(Standing.of(3, 3).old(0).old(1).old(2).ledBy(1).plan().step())
        .isEqualTo(new Step.Replace(0, "uid-0"));
  }

  @Test
  void noPodIsReplacedBeforeTheLastOneIsBack() {
    assertThat(Standing.of(3, 3).old(0).old(1).ending(2).plan().step()).isNull();
    assertThat(Standing.of(3, 3).old(0).old(1).withoutPod(2).plan().step()).isNull();
    assertThat(Standing.of(3, 3).old(0).old(1).silent(2).plan().step()).isNull();
    assertThat(Standing.of(3, 3).old(0).old(1).behind(2).plan().step()).isNull();
  }

  @Test
  void noPodIsReplacedBeforeKubernetesHasSeenTheChange() {
    Plan plan = Standing.of(3, 3).old(0).old(1).old(2).rolloutUnknown().plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.reason()).isEqualTo("RollingOut");
  }

  @Test
  void aRolloutThatBreaksItsFirstPodStops() {
    Plan plan = Standing.of(3, 3).old(0).old(1).broken(2).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.message()).contains("demo-2");
  }

  @Test
  void aBrokenPodOfAnEarlierRevisionGoesFirst() {
    assertThat(Standing.of(3, 3).old(0).old(1).oldAndBroken(2).plan().step())
        .isEqualTo(new Step.Replace(2, "uid-2"));
    assertThat(Standing.of(5, 3).oldAndBroken(1).waiting(3).waiting(4).plan().step())
        .isEqualTo(new Step.Replace(1, "uid-1"));
  }

  @Test
  void aBrokenPodWhoseNodeIsNeededForAQuorumStays() {
    assertThat(Standing.of(3, 3).oldAndLame(1).plan().step())
        .isEqualTo(new Step.Replace(1, "uid-1"));
    assertThat(Standing.of(3, 3).oldAndLame(1).silent(2).plan().step()).isNull();
    assertThat(Standing.of(3, 3).oldAndLame(1).oldAndBroken(2).plan().step())
        .isEqualTo(new Step.Replace(2, "uid-2"));
    assertThat(Standing.of(1, 1).oldAndLame(0).plan().step())
        .isEqualTo(new Step.Replace(0, "uid-0"));
  }

  @Test
  void brokenPodsOfAnEarlierRevisionWaitForNobody() {
    assertThat(Standing.of(3, 0).oldAndBroken(0).oldAndBroken(1).oldAndBroken(2).plan().step())
        .isEqualTo(new Step.Replace(0, "uid-0"));
    assertThat(Standing.of(3, 0).silent(0).oldAndBroken(1).oldAndBroken(2).plan().step())
        .isEqualTo(new Step.Replace(1, "uid-1"));
  }

  @Test
  void theOnlyPodIsReplacedToo() {
    assertThat(Standing.of(1, 1).old(0).plan().step()).isEqualTo(new Step.Replace(0, "uid-0"));
  }

  @Test
  void nodesAreAddedBeforeAnyPodIsReplaced() {
    assertThat(Standing.of(3, 1).old(0).waiting(1).waiting(2).plan().step())
        .isEqualTo(new Step.Add(1, false));
  }

  @Test
  void nodesAreTakenOutBeforeAnyPodIsReplaced() {
    assertThat(Standing.of(3, 4).old(0).old(1).old(2).old(3).plan().step())
        .isEqualTo(new Step.Remove(3));
  }

  @Test
  void whatIsAwayIsWaitedFor() {
    Plan plan = Standing.of(3, 3).silent(2).plan();
    assertThat(plan.step()).isNull();
    assertThat(plan.reason()).isEqualTo("Recovering");
    assertThat(plan.message()).contains("demo-2: ContainerCreating");
  }
}
