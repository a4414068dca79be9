package io.dislog.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of pods that a change broke, once it is taken back, and of those it did not. */
class MendingTest {

  /** Whatever keeps a process from being: an image, a property, a machine, memory. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void aPodWithoutAProcessIsReplacedAtOnce(int nodes) {
    int last = nodes - 1;
    assertThat(Standing.of(nodes, nodes).oldAndBroken(last).plan().step()).isEqualTo(replace(last));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void aPodInWhichNothingAnswersIsReplacedOnceThatLasts(int nodes) {
    int last = nodes - 1;
    Standing standing = Standing.of(nodes, nodes).oldAndDeaf(last, false);
    assertThat(standing.plan().step()).isNull();
    assertThat(standing.ailing(last).plan().step()).isEqualTo(replace(last));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aDeafLeaderIsReplacedThoughNobodyAnswersForItsShards(int nodes) {
    int last = nodes - 1;
    Standing standing = Standing.of(nodes, nodes).ledBy(last).oldAndDeaf(last, true).ailing(last);
    assertThat(standing.plan().step()).isEqualTo(replace(last));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void aNodeThatAnswersAndIsNotReadyIsReplacedOnceThatLasts(int nodes) {
    int last = nodes - 1;
    Standing standing = Standing.of(nodes, nodes).ledBy(0).oldAndWaiting(last);
    assertThat(standing.plan().step()).isNull();
    assertThat(standing.ailing(last).plan().step()).isEqualTo(replace(last));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void aClusterThatNeverWasIsMendedPodByPod(int nodes) {
    Standing broken = Standing.of(nodes, 0);
    IntStream.range(0, nodes).forEach(broken::oldAndBroken);
    assertThat(broken.plan().step()).isEqualTo(replace(0));

    Standing deaf = Standing.of(nodes, 0);
    IntStream.range(0, nodes).forEach(node -> deaf.oldAndDeaf(node, true).ailing(node));
    assertThat(deaf.plan().step()).isEqualTo(replace(nodes - 1));
  }

  @Test
  void thoseThatWereReplacedMustBeBackBeforeADeafOneIs() {
    assertThat(allDeaf().withoutPod(2).plan().step()).isNull();
    assertThat(allDeaf().ending(2).plan().step()).isNull();
    assertThat(allDeaf().silent(2).plan().step()).isNull();
    assertThat(allDeaf().waiting(2).plan().step()).isEqualTo(replace(1));
  }

  @Test
  void nothingFollowsForNodesThatAreNotReached() {
    Standing standing = Standing.of(3, 3).leaderless();
    IntStream.range(0, 3).forEach(node -> standing.oldAndDeaf(node, false).ailing(node));
    assertThat(standing.plan().step()).isNull();
  }

  @Test
  void aPodIsLeftWhereNoQuorumIsHeardWithoutIt() {
    assertThat(Standing.of(3, 3).silent(1).oldAndWaiting(2).ailing(1).ailing(2).plan().step())
        .isNull();
    assertThat(Standing.of(5, 5).silent(1).silent(2).oldAndWaiting(4).ailing(4).plan().step())
        .isNull();
  }

  @Test
  void aBadChangeTakesNoSecondPodThoughThatIsNotWellEither() {
    assertThat(
            Standing.of(5, 5)
                .old(0)
                .old(1)
                .old(2)
                .oldAndDeaf(3, true)
                .ailing(3)
                .broken(4)
                .ailing(4)
                .plan()
                .step())
        .isNull();
  }

  @Test
  void aPodThatIsWellIsNeverMended() {
    assertThat(Mending.next(Standing.of(3, 3).old(0).old(1).old(2).ailing(1).situation()))
        .isEmpty();
    assertThat(Mending.next(Standing.of(3, 3).broken(1).ailing(1).situation())).isEmpty();
    assertThat(
            Mending.next(Standing.of(3, 3).oldAndBroken(1).ailing(1).rolloutUnknown().situation()))
        .isEmpty();
  }

  private static Standing allDeaf() {
    Standing standing = Standing.of(3, 0);
    IntStream.range(0, 3).forEach(node -> standing.oldAndDeaf(node, true).ailing(node));
    return standing;
  }

  private static Step replace(int node) {
    return new Step.Replace(node, "uid-" + node);
  }
}
