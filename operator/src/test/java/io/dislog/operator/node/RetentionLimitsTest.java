package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.operator.crd.DislogClusterSpec;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.crd.StorageStatus;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionLimitsTest {

  private static final Volume VOLUME = new Volume("demo-0", new StorageStatus(64L << 20, 1 << 20));
  private static final Optional<Duration> NEVER = Optional.empty();

  @Test
  void aDefaultHoldsForEachLogThatSaysNothing() {
    RetentionLimits limits =
        RetentionLimits.of(
            spec(retention("7d", "20Mi"), new LogSpec("a", null, retention(null, "30Mi"), null)),
            List.of("a", "b", "c"),
            Set.of());
    assertThat(limits.bytes()).isEqualTo(70L << 20);
    assertThat(limits.warning(VOLUME, NEVER))
        .contains(
            "the limits of 3 logs together allow 70Mi, and a volume holds 64Mi: lower"
                + " retention.maxBytes or raise storage.size");
    assertThat(limits.warning(VOLUME, Optional.of(Duration.ofHours(5))).orElse(""))
        .endsWith("; at today's rate it is full in 5 hours");
  }

  @Test
  void aLogThatHasExpiredAllowsNothing() {
    RetentionLimits limits =
        RetentionLimits.of(
            spec(retention("7d", "20Mi"), new LogSpec("session", null, null, null)),
            List.of("a"),
            Set.of("session"));
    assertThat(limits.bytes()).isEqualTo(20L << 20);
  }

  @Test
  void limitsThatFitAreNoWarningHoweverFastItFills() {
    RetentionLimits limits =
        RetentionLimits.of(spec(retention("7d", "20Mi")), List.of("a", "b"), Set.of());
    assertThat(limits.warning(VOLUME, Optional.of(Duration.ofMinutes(1)))).isEmpty();
  }

  @Test
  void aLogWithoutALimitInBytesIsAWarningOnlyWhereItFillsBeforeItsAgeActs() {
    RetentionLimits limits =
        RetentionLimits.of(spec(retention("2d", null)), List.of("a"), Set.of());
    assertThat(limits.warning(VOLUME, NEVER)).isEmpty();
    assertThat(limits.warning(VOLUME, Optional.of(Duration.ofDays(3)))).isEmpty();
    assertThat(limits.warning(VOLUME, Optional.of(Duration.ofMinutes(95))))
        .contains(
            "at today's rate a volume is full in 90 minutes, and no limit of log a acts before: set"
                + " its retention.maxBytes, lower retention.maxAge or raise storage.size");
  }

  @Test
  void aLogThatIsKeptForEverIsOneWheneverItFills() {
    RetentionLimits limits =
        RetentionLimits.of(spec(retention("none", "none")), List.of("a"), Set.of());
    assertThat(limits.warning(VOLUME, Optional.of(Duration.ofDays(300))).orElse(""))
        .contains("full in 300 days");
  }

  @Test
  void limitsBeyondAllCountAreNotLost() {
    RetentionLimits limits =
        RetentionLimits.of(
            spec(retention("7d", "999999Ti")),
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"),
            Set.of());
    assertThat(limits.bytes()).isEqualTo(Long.MAX_VALUE);
  }

  private static RetentionSpec retention(@Nullable String maxAge, @Nullable String maxBytes) {
    IntOrString bytes = maxBytes == null ? null : new IntOrString(maxBytes);
    return new RetentionSpec(maxAge, bytes, null, null, null, null, null);
  }

  private static DislogClusterSpec spec(RetentionSpec retention, LogSpec... logs) {
    return Specs.of(null, retention, logs);
  }
}
