package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Hold;
import io.dislog.api.Reason;
import io.dislog.api.RetentionPlan.Segment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Why a log holds what it holds, in words. */
final class LogUsageTest {

  private static final long GI = 1L << 30;

  @Test
  void allThatHoldsSegmentsIsNamed() {
    LogUsage usage =
        new LogUsage(
            "orders",
            List.of(
                segment(2 * GI, List.of("maxAge"), "consumer:audit", "consumer:billing"),
                segment(GI, List.of("maxAge"), "consumer:billing"),
                segment(GI, List.of("maxBytes"), "unarchived"),
                segment(GI / 2, List.of()),
                segment(1, List.of(), "active", "unarchived"),
                segment(GI / 4, List.of(), "active")));
    assertThat(usage.bytes()).isEqualTo(5100273665L);
    assertThat(usage.told())
        .isEqualTo(
            "log orders with 4.7Gi, of which consumer audit has still to process 2Gi, consumer"
                + " billing has still to process 3Gi, nothing has archived 1Gi, no rule asks yet to"
                + " delete 512Mi, the active segment has 256Mi");
  }

  @Test
  void aLogThatWillBeTakenSaysNoMore() {
    LogUsage usage =
        new LogUsage(
            "orders", List.of(new Segment(0, GI, true, null, List.of(Reason.MAX_AGE), List.of())));
    assertThat(usage.told()).isEqualTo("log orders with 1Gi");
  }

  @Test
  void whatIsNextToNothingIsNotTold() {
    LogUsage usage =
        new LogUsage(
            "orders", List.of(segment(GI, List.of()), segment(GI / 200, List.of(), "active")));
    assertThat(usage.told())
        .isEqualTo("log orders with 1Gi, of which no rule asks yet to delete 1Gi");
  }

  private static Segment segment(long bytes, List<String> because, String... heldBy) {
    return new Segment(
        0,
        bytes,
        false,
        null,
        because.stream().map(Reason::new).toList(),
        Stream.of(heldBy).map(Hold::of).toList());
  }
}
