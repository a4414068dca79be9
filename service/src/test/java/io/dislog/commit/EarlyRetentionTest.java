package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Reason;
import io.dislog.commit.EarlyRetention.Candidate;
import io.dislog.log.SegmentInfo;
import io.dislog.retention.Retention;
import io.dislog.retention.RetentionPolicy;
import io.dislog.retention.Sightings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes for want of room: what a limit takes next, the soonest first. */
final class EarlyRetentionTest {

  private static final long NOW = 100_000;

  /** Of every segment. */
  private static final long BYTES = 100;

  private final List<Candidate> logs = new ArrayList<>();

  @Test
  void theOldestSegmentsGoUntilThereIsRoom() {
    log("a", maxAge(600), Map.of(), 10_000, 20_000, 30_000, 40_000);
    assertThat(choice(1)).isEqualTo("{a=[0]}");
    assertThat(choice(BYTES)).isEqualTo("{a=[0]}");
    assertThat(choice(BYTES + 1)).isEqualTo("{a=[0, 10]}");
  }

  @Test
  void theActiveSegmentStays() {
    log("a", maxAge(600), Map.of(), 10_000, 20_000);
    assertThat(choice(1000)).isEqualTo("{a=[0]}");
  }

  @Test
  void theLogWhoseLimitIsTheNearestGivesFirst() {
    log("a", maxAge(600), Map.of(), 10_000, 20_000, 90_000);
    log("b", maxAge(595), Map.of(), 10_000, 20_000, 90_000);
    assertThat(choice(1)).isEqualTo("{b=[0]}");
    assertThat(choice(2 * BYTES)).isEqualTo("{a=[0], b=[0]}");
    assertThat(choice(3 * BYTES)).isEqualTo("{a=[0], b=[0, 10]}");
  }

  @Test
  void whatNoLimitEverTakesStays() {
    log("a", new RetentionPolicy(null, null, false, false, false, false), Map.of(), 1, 2, 3);
    assertThat(choice(1000)).isEqualTo("{}");
  }

  @Test
  void aLimitThatIsNeverReachedIsNone() {
    RetentionPolicy huge = new RetentionPolicy(null, Long.MAX_VALUE, false, false, false, false);
    log("a", huge, Map.of(), 10_000, 20_000, 30_000);
    log("b", maxAge(600), Map.of(), 10_000, 20_000, 30_000);
    assertThat(choice(1000)).isEqualTo("{b=[0, 10]}");
  }

  @Test
  void whatIsHeldStaysAndAllBehindIt() {
    RetentionPolicy holds =
        new RetentionPolicy(Duration.ofDays(1), null, false, false, true, false);
    log("a", holds, Map.of("c", 15L), 10_000, 20_000, 30_000, 40_000);
    assertThat(choice(1000)).isEqualTo("{a=[0]}");
    RetentionPolicy archive =
        new RetentionPolicy(Duration.ofDays(1), 1000L, false, false, false, true);
    logs.clear();
    log("a", archive, Map.of(), 10_000, 20_000);
    assertThat(choice(1000)).isEqualTo("{}");
  }

  @Test
  void aLimitOnBytesIsReachedWhenTheLogHasGrownAsItDidSoFar() {
    // 300 bytes in 20 s, so that the 600 that are left of the limit take another 40 s.
    log("a", maxBytes(900), Map.of(), 10_000, 20_000, 30_000);
    // Its oldest goes in 29 s, its next one in 69 s.
    log("b", maxAge(60), Map.of(), 69_000, 109_000, 110_000);
    assertThat(choice(1)).isEqualTo("{a=[0]}");
    logs.clear();
    log("a", maxBytes(900), Map.of(), 10_000, 20_000, 30_000);
    log("b", maxAge(30), Map.of(), 39_000, 109_000, 110_000);
    assertThat(choice(1)).isEqualTo("{b=[0]}");
  }

  @Test
  void whatIsDueByItselfCountsAndIsNotEarly() {
    log("a", maxAge(60), Map.of(), 10_000, 90_000, 95_000);
    var chosen = EarlyRetention.choose(logs, BYTES + 1).getOrDefault("a", List.of());
    assertThat(chosen).extracting(EarlyRetention.Going::isDue).containsExactly(true, false);
    assertThat(chosen.get(1).plan().because()).containsExactly(Reason.MAX_AGE);
    assertThat(chosen.get(1).plan().deletable()).isTrue();
  }

  /** The base offsets that go, by logs. */
  private String choice(long bytes) {
    Map<String, List<Long>> bases = new TreeMap<>();
    EarlyRetention.choose(logs, bytes)
        .forEach((log, going) ->
            bases.put(log, going.stream().map(each -> each.plan().baseOffset()).toList()));
    return bases.toString();
  }

  private void log(
      String name, RetentionPolicy policy, Map<String, Long> consumers, long... lastTimes) {
    List<SegmentInfo> segments = new ArrayList<>();
    for (int i = 0; i < lastTimes.length; i++) {
      boolean sealed = i < lastTimes.length - 1;
      long base = 10L * i;
      segments.add(new SegmentInfo(base, base + 10, BYTES, sealed, 0, lastTimes[i], lastTimes[i]));
    }
    @Nullable Long maxBytes = policy.maxBytes();
    logs.add(
        new Candidate(
            name,
            segments,
            new Retention(policy, consumers, 0, Sightings.NONE, NOW).plan(segments).segments(),
            maxBytes));
  }

  private static RetentionPolicy maxAge(int seconds) {
    return new RetentionPolicy(Duration.ofSeconds(seconds), null, false, false, false, false);
  }

  private static RetentionPolicy maxBytes(long bytes) {
    return new RetentionPolicy(null, bytes, false, false, false, false);
  }
}
