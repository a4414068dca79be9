package io.dislog.operator.node;

import io.dislog.api.ByteSize;
import io.dislog.api.Hold;
import io.dislog.api.RetentionPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A log that holds room, and why it does.
 *
 * @param segments what retention means to do with them
 */
record LogUsage(String log, List<RetentionPlan.Segment> segments) {

  /** What is less than this part of a log does not fill a volume. */
  private static final int WORTH_TELLING = 100;

  /** Of all segments. */
  long bytes() {
    return bytes(segment -> true);
  }

  /**
   * For people: {@code log orders with 6.1Gi, of which consumer billing has still to process 5Gi}.
   */
  String told() {
    List<String> why = new ArrayList<>();
    for (Hold.Consumer consumer : consumers()) {
      tell(
          why,
          "consumer " + consumer.name() + " has still to process",
          segment -> segment.heldBy().contains(consumer));
    }
    tell(why, "nothing has archived", segment -> segment.heldBy().contains(new Hold.Unarchived()));
    tell(why, "no rule asks yet to delete", LogUsage::isWanted);
    tell(
        why,
        "the active segment has",
        segment -> segment.heldBy().equals(List.of(new Hold.Active())));
    String with = "log %s with %s".formatted(log, ByteSize.readable(bytes()));
    return why.isEmpty() ? with : with + ", of which " + String.join(", ", why);
  }

  private void tell(List<String> why, String what, Predicate<RetentionPlan.Segment> which) {
    long bytes = bytes(which);
    if (bytes > bytes() / WORTH_TELLING) {
      why.add(what + " " + ByteSize.readable(bytes));
    }
  }

  private long bytes(Predicate<RetentionPlan.Segment> which) {
    return segments.stream().filter(which).mapToLong(RetentionPlan.Segment::bytes).sum();
  }

  private List<Hold.Consumer> consumers() {
    return segments.stream()
        .flatMap(segment -> segment.heldBy().stream())
        .filter(Hold.Consumer.class::isInstance)
        .map(Hold.Consumer.class::cast)
        .distinct()
        .sorted(Comparator.comparing(Hold.Consumer::name))
        .toList();
  }

  /** A sealed segment that nothing holds and that is to stay all the same. */
  private static boolean isWanted(RetentionPlan.Segment segment) {
    return segment.heldBy().isEmpty() && segment.because().isEmpty();
  }
}
