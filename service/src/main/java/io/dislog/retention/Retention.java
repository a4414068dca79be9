package io.dislog.retention;

import io.dislog.api.Hold;
import io.dislog.api.Reason;
import io.dislog.log.SegmentInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides which segments go. Pure: the same arguments give the same plan.
 *
 * <p>Segments go from the oldest on: one that stays keeps all behind it.
 */
public final class Retention {

  private final RetentionPolicy policy;
  private final Map<String, Long> consumers;
  private final long earliest;
  private final Sightings sightings;
  private final long now;

  /**
   * @param consumers where each one stands
   * @param earliest the log's earliest offset
   * @param sightings of segments whose time was ahead of the clock
   * @param now in milliseconds since 1970
   */
  public Retention(
      RetentionPolicy policy,
      Map<String, Long> consumers,
      long earliest,
      Sightings sightings,
      long now) {
    this.policy = policy;
    this.consumers = Map.copyOf(consumers);
    this.earliest = earliest;
    this.sightings = sightings;
    this.now = now;
  }

  /** The plan for a log's segments, which are in offset order, the active one last. */
  public RetentionPlan plan(List<SegmentInfo> segments) {
    List<SegmentPlan> plans = new ArrayList<>();
    long bytes = segments.stream().mapToLong(SegmentInfo::bytes).sum();
    boolean allOlderGo = true;
    for (SegmentInfo segment : segments) {
      SegmentPlan plan = plan(segment, bytes, allOlderGo);
      plans.add(plan);
      allOlderGo = plan.deletable();
      bytes -= plan.deletable() ? plan.bytes() : 0;
    }
    return new RetentionPlan(plans);
  }

  private SegmentPlan plan(SegmentInfo segment, long bytesFromHere, boolean allOlderGo) {
    List<Reason> rules = rules(segment);
    List<Reason> limits = limits(segment, bytesFromHere);
    List<Hold> holds = holds(segment);
    boolean aged = limits.contains(Reason.MAX_AGE) && holds.isEmpty();
    boolean due = !rules.isEmpty() || (!limits.isEmpty() && holds.isEmpty());
    boolean deletable = allOlderGo && (segment.sealed() ? due : aged);
    if (!segment.sealed() && !deletable) {
      holds.addFirst(new Hold.Active());
    }
    List<Reason> because = new ArrayList<>(limits);
    because.addAll(rules);
    return new SegmentPlan(
        segment.baseOffset(),
        segment.endOffset(),
        segment.bytes(),
        deletable,
        deleteAt(segment, holds),
        because,
        deletable ? List.of() : holds);
  }

  /** Rules that no hold binds. */
  private List<Reason> rules(SegmentInfo segment) {
    List<Reason> rules = new ArrayList<>();
    if (policy.deleteProcessed()
        && segment.records() > 0
        && !consumers.isEmpty()
        && consumers.values().stream().allMatch(offset -> offset >= segment.endOffset())) {
      rules.add(Reason.DELETE_PROCESSED);
    }
    if (segment.records() > 0 && segment.endOffset() <= earliest) {
      rules.add(Reason.TRIMMED);
    }
    return rules;
  }

  private List<Reason> limits(SegmentInfo segment, long bytesFromHere) {
    List<Reason> limits = new ArrayList<>();
    Duration maxAge = policy.maxAge();
    long newest = sightings.newest(segment, now);
    if (maxAge != null && newest >= 0 && now - newest > maxAge.toMillis()) {
      limits.add(Reason.MAX_AGE);
    }
    Long maxBytes = policy.maxBytes();
    if (maxBytes != null && segment.sealed() && bytesFromHere > maxBytes) {
      limits.add(Reason.MAX_BYTES);
    }
    return limits;
  }

  private List<Hold> holds(SegmentInfo segment) {
    List<Hold> holds = new ArrayList<>();
    if (policy.holdUnprocessed() && segment.records() > 0) {
      consumers.entrySet().stream()
          .filter(consumer -> consumer.getValue() < segment.endOffset())
          .map(Map.Entry::getKey)
          .sorted()
          .map(Hold.Consumer::new)
          .forEach(holds::add);
    }
    if (policy.holdUnarchived() && segment.records() > 0) {
      holds.add(new Hold.Unarchived()); // Nothing is archived as long as there is no archive.
    }
    return holds;
  }

  private long deleteAt(SegmentInfo segment, List<Hold> holds) {
    Duration maxAge = policy.maxAge();
    boolean held = holds.stream().anyMatch(hold -> !(hold instanceof Hold.Active));
    long newest = sightings.newest(segment, now);
    return maxAge == null || newest < 0 || held ? -1 : newest + maxAge.toMillis();
  }
}
