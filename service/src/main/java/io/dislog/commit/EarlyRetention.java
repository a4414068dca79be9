package io.dislog.commit;

import io.dislog.api.Reason;
import io.dislog.log.SegmentInfo;
import io.dislog.retention.SegmentPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what retention takes early, for want of room: the sealed segments that a limit takes
 * next, of all logs the soonest first, and of each log from the oldest on. What is held is never
 * chosen, nor what no limit ever takes. Pure: the same logs give the same choice, on every node.
 *
 * <p>A segment goes by {@code maxAge} at a known time. By {@code maxBytes} it goes once the log has
 * grown by what is left of the limit; when that is follows from how fast the log grew so far.
 */
final class EarlyRetention {

  /** So far ahead that a limit is none. */
  private static final double NEVER_MILLIS = Long.MAX_VALUE / 2.0;

  private EarlyRetention() {}

  /**
   * A log as retention sees it.
   *
   * @param segments in offset order, the active one last
   * @param plans what retention does with each of them by itself
   * @param maxBytes the log's limit, or null for none
   */
  record Candidate(
      String log, List<SegmentInfo> segments, List<SegmentPlan> plans, @Nullable Long maxBytes) {}

  /**
   * A segment that a limit takes some day.
   *
   * @param plan as it is where it is taken now
   * @param expectedAt when the limit takes it, in milliseconds since 1970
   * @param isDue whether retention takes it by itself in its next run
   */
  record Going(String log, SegmentPlan plan, long expectedAt, boolean isDue) {}

  /** The choice by logs, until so many bytes are free or nothing is left to choose. */
  static Map<String, List<Going>> choose(List<Candidate> logs, long bytes) {
    Map<String, List<Going>> chosen = new HashMap<>();
    PriorityQueue<Queue> next =
        new PriorityQueue<>(
            Comparator.comparingLong((Queue queue) -> queue.head().expectedAt())
                .thenComparing(queue -> queue.head().log()));
    for (Candidate log : logs) {
      List<Going> going = going(log);
      if (!going.isEmpty()) {
        next.add(new Queue(going, 0));
      }
    }
    long left = bytes;
    while (left > 0 && !next.isEmpty()) {
      Queue soonest = next.remove();
      Going head = soonest.head();
      chosen.computeIfAbsent(head.log(), log -> new ArrayList<>()).add(head);
      left -= head.plan().bytes();
      if (soonest.at() + 1 < soonest.going().size()) {
        next.add(new Queue(soonest.going(), soonest.at() + 1));
      }
    }
    return chosen;
  }

  private static List<Going> going(Candidate log) {
    Map<Long, SegmentPlan> plans =
        log.plans().stream()
            .collect(Collectors.toMap(SegmentPlan::baseOffset, Function.identity()));
    List<Going> going = new ArrayList<>();
    long bytesFromHere = log.segments().stream().mapToLong(SegmentInfo::bytes).sum();
    for (SegmentInfo segment : log.segments()) {
      SegmentPlan plan = plans.get(segment.baseOffset());
      if (!segment.sealed() || plan == null || !plan.heldBy().isEmpty()) {
        return going;
      }
      Long grownAt = grownAt(log, bytesFromHere);
      boolean byAge = plan.deleteAt() >= 0 && (grownAt == null || plan.deleteAt() <= grownAt);
      if (plan.deletable()) {
        going.add(new Going(log.log(), plan, Long.MIN_VALUE, true));
      } else if (byAge) {
        going.add(new Going(log.log(), early(plan, Reason.MAX_AGE), plan.deleteAt(), false));
      } else if (grownAt != null) {
        going.add(new Going(log.log(), early(plan, Reason.MAX_BYTES), grownAt, false));
      } else {
        return going;
      }
      bytesFromHere -= segment.bytes();
    }
    return going;
  }

  /** When the log has grown past its limit, as it went on so far; null where it never does. */
  private static @Nullable Long grownAt(Candidate log, long bytesFromHere) {
    Long maxBytes = log.maxBytes();
    long first = log.segments().getFirst().firstTime();
    long last = log.segments().stream().mapToLong(SegmentInfo::lastTime).max().orElse(-1);
    if (maxBytes == null || first < 0) {
      return null;
    }
    long all = log.segments().stream().mapToLong(SegmentInfo::bytes).sum();
    double millisPerByte = (double) Math.max(1, last - first) / Math.max(1, all);
    double due = last + Math.max(0, maxBytes - bytesFromHere) * millisPerByte;
    return due < NEVER_MILLIS ? (long) due : null;
  }

  private static SegmentPlan early(SegmentPlan plan, Reason limit) {
    return new SegmentPlan(
        plan.baseOffset(),
        plan.endOffset(),
        plan.bytes(),
        true,
        plan.deleteAt(),
        List.of(limit),
        List.of());
  }

  /** What is left of one log. */
  private record Queue(List<Going> going, int at) {
    Going head() {
      return going.get(at);
    }
  }
}
