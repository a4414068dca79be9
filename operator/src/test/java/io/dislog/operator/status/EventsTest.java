package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.DislogClusterStatus;
import io.dislog.operator.status.Events.ClusterEvent;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void eachStepIsTold() {
    assertThat(
            news(
                progress(true, "AddingNode", "demo-1 is added"),
                progress(true, "AddingNode", "demo-2 is added")))
        .containsExactly(new ClusterEvent(false, "AddingNode", "demo-2 is added"));
    assertThat(
            news(
                progress(false, "Settled", "well"),
                progress(true, "RollingOut", "demo-2 is replaced")))
        .containsExactly(new ClusterEvent(false, "RollingOut", "demo-2 is replaced"));
    assertThat(
            news(
                progress(true, "RollingOut", "demo-2 is replaced"),
                progress(false, "Settled", "well")))
        .containsExactly(new ClusterEvent(false, "Settled", "well"));
  }

  @Test
  void whatAStepWaitsForIsNotToldAgainAndAgain() {
    assertThat(
            news(
                progress(true, "AddingNode", "demo-1 is added; waits: recovering 1 of 8"),
                progress(true, "AddingNode", "demo-1 is added; waits: recovering 2 of 8")))
        .isEmpty();
  }

  @Test
  void whatIsWrongIsAWarning() {
    assertThat(news(error(false, "fine"), error(true, "no rights")))
        .containsExactly(new ClusterEvent(true, "Failed", "no rights"));
    assertThat(news(ready(true), ready(false)))
        .containsExactly(new ClusterEvent(true, "R", "ready"));
    assertThat(news(ready(false), ready(true)))
        .containsExactly(new ClusterEvent(false, "R", "ready"));
  }

  @Test
  void thatAllIsWellFromTheStartIsNoNews() {
    assertThat(Events.of(StatusReport.NOTHING, status(error(false, "fine")))).isEmpty();
    assertThat(Events.of(StatusReport.NOTHING, status(ready(false)))).isEmpty();
    assertThat(Events.of(StatusReport.NOTHING, status(error(true, "no rights")))).hasSize(1);
  }

  @Test
  void thatTokensCanBeReadIsTold() {
    List<Condition> open = readyWith("3 of 3 nodes are ready");
    List<Condition> readable = readyWith("3 of 3 nodes are ready; " + ReadableTokens.MESSAGE);
    ClusterEvent warning = new ClusterEvent(true, ReadableTokens.REASON, ReadableTokens.MESSAGE);
    assertThat(news(open, readable)).containsExactly(warning);
    assertThat(Events.of(StatusReport.NOTHING, status(readable))).containsExactly(warning);
    assertThat(news(readable, readable)).isEmpty();
    assertThat(news(readable, open)).isEmpty();
  }

  @Test
  void nothingIsToldTwice() {
    List<Condition> same = progress(true, "AddingNode", "demo-1 is added");
    assertThat(news(same, same)).isEmpty();
  }

  private static List<ClusterEvent> news(List<Condition> before, List<Condition> after) {
    return Events.of(status(before), status(after));
  }

  private static List<Condition> progress(boolean isTrue, String reason, String message) {
    return conditions().with(Conditions.PROGRESSING, isTrue, reason, message).list();
  }

  private static List<Condition> error(boolean isTrue, String message) {
    return conditions()
        .with(Conditions.RECONCILE_ERROR, isTrue, isTrue ? "Failed" : "NoError", message)
        .list();
  }

  private static List<Condition> ready(boolean isTrue) {
    return conditions().with(Conditions.READY, isTrue, "R", "ready").list();
  }

  private static List<Condition> readyWith(String message) {
    return conditions().with(Conditions.READY, false, "R", message).list();
  }

  private static Conditions conditions() {
    return new Conditions(List.of(), 1, NOON);
  }

  private static DislogClusterStatus status(List<Condition> conditions) {
    return new DislogClusterStatus(1L, null, null, null, null, null, null, null, null, conditions);
  }
}
