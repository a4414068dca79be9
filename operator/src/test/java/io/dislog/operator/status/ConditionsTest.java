package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aConditionKeepsSinceWhenItHolds() {
    List<Condition> first = of(List.of(), NOON, true, "well");
    List<Condition> later = of(first, NOON.plusSeconds(60), true, "still well");
    assertThat(later.getFirst().getLastTransitionTime()).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(later.getFirst().getMessage()).isEqualTo("still well");
    List<Condition> ended = of(later, NOON.plusSeconds(90), false, "ill");
    assertThat(ended.getFirst().getLastTransitionTime()).isEqualTo("2026-01-01T12:01:30Z");
  }

  @Test
  void whatIsSaidAgainIsTheSame() {
    List<Condition> first = of(List.of(), NOON, true, "well");
    assertThat(of(first, NOON.plusSeconds(60), true, "well")).isEqualTo(first);
  }

  @Test
  void whatIsNotLookedAtStaysAsItWas() {
    List<Condition> first = of(List.of(), NOON, true, "well");
    assertThat(new Conditions(first, 2, NOON.plusSeconds(60)).keep(Conditions.READY).list())
        .isEqualTo(first);
  }

  @Test
  void aMessageIsNoLongerThanTheApiServerTakes() {
    assertThat(of(List.of(), NOON, true, "x".repeat(100_000)).getFirst().getMessage())
        .hasSizeLessThan(32_768);
  }

  private static List<Condition> of(
      List<Condition> before, Instant now, boolean isTrue, String message) {
    return new Conditions(before, 1, now).with(Conditions.READY, isTrue, "Reason", message).list();
  }
}
