package io.dislog.retention;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Hold;
import io.dislog.api.Reason;
import io.dislog.log.SegmentInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every rule, limit and hold of retention, alone and together, on logs whose segments have ten
 * records and 100 bytes each; maxAge is ten seconds.
 */
final class RetentionPlanTest {

  private static final long NOW = 60_000;

  /**
   * Consumers are name and position; segments are by the age of their newest record, the last one
   * active; the plan is a segment's reasons, "!" where the next run takes it, and what holds it.
   */
  @ParameterizedTest(name = "{0}", quoteTextArguments = false)
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no rule takes nothing                             |                                       | -         | 0  | old old old     | -, -, - by active
          a trimmed segment goes                            |                                       | -         | 10 | new new new     | trimmed!, -, - by active
          a segment that is trimmed in part stays           |                                       | -         | 19 | new new new     | trimmed!, -, - by active
          a trimmed active segment stays until it is sealed |                                       | -         | 20 | new new         | trimmed!, trimmed by active
          no hold binds a trim                              | holdUnprocessed holdUnarchived        | a0        | 10 | new new         | trimmed!, - by active consumer:a unarchived
          what is older than maxAge goes                    | maxAge                                | -         | 0  | old new new     | maxAge!, -, - by active
          what is just as old as maxAge stays               | maxAge                                | -         | 0  | limit new       | -, - by active
          an idle active segment goes, too                  | maxAge                                | -         | 0  | old old         | maxAge!, maxAge!
          an active segment alone goes, too                 | maxAge                                | -         | 0  | old             | maxAge!
          an idle active segment is held by a consumer      | maxAge holdUnprocessed                | a19       | 0  | old old         | maxAge!, maxAge by active consumer:a
          an empty active segment has no age                | maxAge                                | -         | 0  | old empty       | maxAge!, - by active
          the oldest go while the log is too large          | maxBytes=250                          | -         | 0  | new new new new | maxBytes!, maxBytes!, -, - by active
          a log of just maxBytes stays                      | maxBytes=400                          | -         | 0  | new new new new | -, -, -, - by active
          the active segment stays, however large           | maxBytes=1                            | -         | 0  | new new         | maxBytes!, - by active
          what goes for its age counts no more              | maxAge maxBytes=200                   | -         | 0  | old new new     | maxAge maxBytes!, -, - by active
          what is held counts on                            | maxBytes=150 holdUnprocessed          | a0        | 0  | new new new     | maxBytes by consumer:a, maxBytes by consumer:a, - by active consumer:a
          what every consumer processed goes                | deleteProcessed                       | a20 b10   | 0  | new new new     | deleteProcessed!, -, - by active
          without consumers nothing was processed           | deleteProcessed                       | -         | 0  | new new         | -, - by active
          a consumer one record short did not process it    | deleteProcessed                       | a9        | 0  | new new         | -, - by active
          a processed active segment stays                  | deleteProcessed                       | a20       | 0  | new new         | deleteProcessed!, deleteProcessed by active
          no hold binds deleteProcessed                     | deleteProcessed holdUnarchived        | a10       | 0  | new new         | deleteProcessed!, - by active unarchived
          deleteProcessed waits for no limit                | maxAge maxBytes=900 deleteProcessed   | a10       | 0  | new new         | deleteProcessed!, - by active
          every reason is told                              | maxAge maxBytes=1 deleteProcessed     | a10       | 10 | old new         | maxAge maxBytes deleteProcessed trimmed!, - by active
          a limit takes what was processed alone            | maxAge holdUnprocessed                | a15       | 0  | old old new     | maxAge!, maxAge by consumer:a, - by active consumer:a
          every consumer that holds is named, in order      | maxBytes=1 holdUnprocessed            | b3 a0 c10 | 0  | new new         | maxBytes by consumer:a consumer:b, - by active consumer:a consumer:b consumer:c
          without consumers holdUnprocessed holds nothing   | maxAge holdUnprocessed                | -         | 0  | old new         | maxAge!, - by active
          without a hold a slow consumer loses records      | maxAge                                | a0        | 0  | old new         | maxAge!, - by active
          a consumer holds no empty segment                 | holdUnprocessed                       | a3        | 0  | new empty       | - by consumer:a, - by active
          nothing is archived yet                           | deleteArchived                        | -         | 0  | old new         | -, - by active
          holdUnarchived holds against limits               | maxAge maxBytes=1 holdUnarchived      | -         | 0  | old new         | maxAge maxBytes by unarchived, - by active unarchived
          an empty segment need not be archived             | holdUnarchived                        | -         | 0  | new empty       | - by unarchived, - by active
          one that stays keeps all behind it                | maxAge                                | -         | 0  | new old old     | -, maxAge, maxAge by active
          one that is held keeps all behind it              | maxAge deleteProcessed holdUnarchived | a10       | 0  | old old new     | maxAge deleteProcessed!, maxAge by unarchived, - by active unarchived\
          """)
  void plans(
      String sentence,
      @Nullable String policy,
      String consumers,
      long earliest,
      String ages,
      String expected) {
    Retention retention =
        new Retention(
            policy(words(policy)), positions(words(consumers)), earliest, Sightings.NONE, NOW);

    List<SegmentPlan> plan = retention.plan(log(words(ages))).segments();

    assertThat(plan.stream().map(RetentionPlanTest::inWords).collect(joining(", ")))
        .as(sentence)
        .isEqualTo(expected);
  }

  @Test
  void tellsWhenASegmentGoesForItsAge() {
    assertThat(deleteAt("maxAge", Map.of(), "old", "new")).containsExactly(59_999L, 69_000L);
  }

  @Test
  void tellsNoTimeWhereNothingGoesForItsAge() {
    assertThat(deleteAt("", Map.of(), "old")).as("no limit").containsExactly(-1L);
    assertThat(deleteAt("maxAge holdUnprocessed", Map.of("a", 10L), "new", "new"))
        .as("the second one is held")
        .containsExactly(69_000L, -1L);
    assertThat(deleteAt("maxAge", Map.of(), "empty")).as("no record").containsExactly(-1L);
  }

  private static List<Long> deleteAt(String policy, Map<String, Long> consumers, String... ages) {
    return new Retention(policy(words(policy)), consumers, 0, Sightings.NONE, NOW)
        .plan(log(List.of(ages))).segments().stream().map(SegmentPlan::deleteAt).toList();
  }

  private static String inWords(SegmentPlan plan) {
    String because = plan.because().stream().map(Reason::word).collect(joining(" "));
    String held = plan.heldBy().stream().map(Hold::word).collect(joining(" "));
    return (because.isEmpty() ? "-" : because)
        + (plan.deletable() ? "!" : "")
        + (held.isEmpty() ? "" : " by " + held);
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" ", -1));
  }

  private static RetentionPolicy policy(List<String> words) {
    Long maxBytes = null;
    for (String word : words) {
      maxBytes = word.startsWith("maxBytes=") ? Long.valueOf(word.substring(9)) : maxBytes;
    }
    return new RetentionPolicy(
        words.contains("maxAge") ? Duration.ofSeconds(10) : null,
        maxBytes,
        words.contains("deleteProcessed"),
        words.contains("deleteArchived"),
        words.contains("holdUnprocessed"),
        words.contains("holdUnarchived"));
  }

  private static Map<String, Long> positions(List<String> words) {
    return words.stream()
        .filter(word -> !word.equals("-"))
        .collect(toMap(word -> word.substring(0, 1), word -> Long.valueOf(word.substring(1))));
  }

  private static List<SegmentInfo> log(List<String> ages) {
    List<SegmentInfo> segments = new ArrayList<>();
    for (String age : ages) {
      long base = 10L * segments.size();
      boolean sealed = segments.size() + 1 < ages.size();
      segments.add(
          switch (age) {
            case "old" -> new SegmentInfo(base, base + 10, 100, sealed, 0, 1, NOW - 10_001);
            case "limit" -> new SegmentInfo(base, base + 10, 100, sealed, 0, 1, NOW - 10_000);
            case "new" -> new SegmentInfo(base, base + 10, 100, sealed, 0, 1, NOW - 1000);
            case "empty" -> new SegmentInfo(base, base, 100, sealed, 0, -1, -1);
            default -> throw new IllegalArgumentException(age);
          });
    }
    return segments;
  }
}
