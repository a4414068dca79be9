package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.Standing;
import io.dislog.operator.claims.ClaimGrowth;
import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.crd.StorageStatus;
import io.dislog.operator.node.SettingsOutcome;
import io.dislog.operator.node.Volume;
import io.dislog.operator.plan.Plan;
import io.dislog.operator.sync.SyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How soon a cluster is looked at again: soon enough for its users, and never in a hot loop. */
class PaceTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Instant LONG_AGO = NOON.minus(Duration.ofHours(3));
  private static final Plan SETTLED = Standing.of(3, 3).plan();
  private static final Plan WAITING = Standing.of(3, 3).silent(2).plan();
  private static final Plan REMOVING = Standing.of(1, 3).plan();

  @Test
  void aClusterThatIsWellIsLookedAtTwiceAMinute() {
    assertThat(after(SETTLED, "", sync(applied(), 10), NOON, NOON)).hasSeconds(30);
  }

  @Test
  void aVolumeThatFillsUpIsLookedAtMoreOften() {
    assertThat(after(SETTLED, "", sync(applied(), 79), NOON, NOON)).hasSeconds(30);
    assertThat(after(SETTLED, "", sync(applied(), 80), NOON, NOON)).hasSeconds(10);
  }

  @Test
  void whatIsOnItsWayIsFollowed() {
    assertThat(after(WAITING, "", sync(applied(), 10), NOON, NOON)).hasSeconds(2);
    assertThat(after(REMOVING, "", sync(applied(), 10), NOON, NOON)).hasSeconds(2);
    assertThat(after(REMOVING, "not yet", sync(applied(), 10), NOON, NOON)).hasSeconds(2);
  }

  @Test
  void whatWaitsForLongIsLeftAlone() {
    assertThat(after(WAITING, "", sync(applied(), 10), LONG_AGO, LONG_AGO)).hasSeconds(30);
  }

  @Test
  void aStepThatDoesNotComeAboutForLongIsTriedLessOften() {
    assertThat(after(REMOVING, "not yet", sync(applied(), 10), LONG_AGO, LONG_AGO)).hasSeconds(10);
  }

  @Test
  void whoeverGoesOnIsNotHeldUpHoweverLongItTakes() {
    assertThat(after(REMOVING, "", sync(applied(), 10), LONG_AGO, LONG_AGO)).hasSeconds(2);
  }

  @Test
  void settingsThatAreNotInForceAreTriedAgainAtOnceThoughAllElseIsLongSettled() {
    assertThat(after(SETTLED, "", sync(failed(true), 10), LONG_AGO, NOON)).hasSeconds(2);
    assertThat(after(SETTLED, "", sync(failed(true), 10), LONG_AGO, LONG_AGO)).hasSeconds(30);
  }

  @Test
  void settingsThatNoWaitingBringsIntoForceAreNotTriedAllTheTime() {
    assertThat(after(SETTLED, "", sync(failed(false), 10), NOON, NOON)).hasSeconds(30);
  }

  @Test
  void aPausedClusterIsLeftAlone() {
    Outcome paused = Outcome.paused(Standing.of(1, 3).situation(), sync(null, 10));
    assertThat(Pace.after(paused, status(NOON, NOON), NOON)).hasSeconds(30);
  }

  /**
   * @param progressing since when the cluster progresses or does not
   * @param applied since when retention is applied or is not
   */
  private static Duration after(
      Plan plan, String undone, SyncResult sync, Instant progressing, Instant applied) {
    Outcome outcome =
        new Outcome(
            Standing.of(3, 3).situation(),
            plan,
            Optional.of(undone).filter(why -> !why.isEmpty()),
            ClaimGrowth.NONE,
            sync);
    return Pace.after(outcome, status(progressing, applied), NOON);
  }

  private static DislogClusterStatus status(Instant progressing, Instant applied) {
    var conditions =
        List.of(
            new Conditions(List.of(), 1, progressing)
                .with(Conditions.PROGRESSING, true, "R", "m")
                .list()
                .getFirst(),
            new Conditions(List.of(), 1, applied)
                .with(Conditions.RETENTION_APPLIED, false, "R", "m")
                .list()
                .getFirst());
    return new DislogClusterStatus(1L, null, null, null, null, null, null, null, null, conditions);
  }

  private static SyncResult sync(@Nullable SettingsOutcome settings, int percent) {
    return new SyncResult(
        Optional.ofNullable(settings),
        Optional.of(new Volume("demo-0", new StorageStatus(100, percent))),
        Optional.empty(),
        Optional.empty(),
        null,
        null,
        List.of());
  }

  private static SettingsOutcome applied() {
    return new SettingsOutcome(List.of(), List.of());
  }

  private static SettingsOutcome failed(boolean retryable) {
    return new SettingsOutcome(
        List.of(), List.of(new SettingsOutcome.Failure("log orders", "it won't", retryable)));
  }
}
