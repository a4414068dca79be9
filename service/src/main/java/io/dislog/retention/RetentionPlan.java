package io.dislog.retention;

import java.util.List;

/**
 * What a run of retention will do with a log.
 *
 * @param segments in offset order, the active one last
 */
public record RetentionPlan(List<SegmentPlan> segments) {

  public RetentionPlan {
    segments = List.copyOf(segments);
  }

  /** Whether it takes any segment. */
  public boolean deletesAny() {
    return segments.stream().anyMatch(SegmentPlan::deletable);
  }

  /** The end offset of the last segment that it takes, or 0. */
  public long deletedEnd() {
    return segments.stream()
        .filter(SegmentPlan::deletable)
        .mapToLong(SegmentPlan::endOffset)
        .max()
        .orElse(0);
  }

  /** Bytes that a rule asks for, and that something holds. */
  public long heldBackBytes() {
    return segments.stream().filter(SegmentPlan::isHeldBack).mapToLong(SegmentPlan::bytes).sum();
  }
}
