package io.dislog.operator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A log that holds room, and why it does.
 *
 * @param segments what retention means to do with them
 */
record LogUsage(String log, List<RetentionPlan.Segment> segments) {

  private static final String CONSUMER = "consumer:";

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
    for (String consumer : consumers()) {
      tell(
          why,
          "consumer " + consumer + " has still to process",
          segment -> segment.heldBy().contains(CONSUMER + consumer));
    }
    tell(why, "nothing has archived", segment -> segment.heldBy().contains("unarchived"));
    tell(why, "no rule asks yet to delete", LogUsage::isWanted);
    tell(why, "the active segment has", segment -> segment.heldBy().equals(List.of("active")));
    String with = "log %s with %s".formatted(log, Amount.readable(bytes()));
    return why.isEmpty() ? with : with + ", of which " + String.join(", ", why);
  }

  private void tell(List<String> why, String what, Predicate<RetentionPlan.Segment> which) {
    long bytes = bytes(which);
    if (bytes > bytes() / WORTH_TELLING) {
      why.add(what + " " + Amount.readable(bytes));
    }
  }

  private long bytes(Predicate<RetentionPlan.Segment> which) {
    return segments.stream().filter(which).mapToLong(RetentionPlan.Segment::bytes).sum();
  }

  private TreeSet<String> consumers() {
    TreeSet<String> consumers = new TreeSet<>();
    for (RetentionPlan.Segment segment : segments) {
      for (String hold : segment.heldBy()) {
        if (hold.startsWith(CONSUMER)) {
          consumers.add(hold.substring(CONSUMER.length()));
        }
      }
    }
    return consumers;
  }

  /** A sealed segment that nothing holds and that is to stay all the same. */
  private static boolean isWanted(RetentionPlan.Segment segment) {
    return segment.heldBy().isEmpty() && segment.because().isEmpty();
  }
}
