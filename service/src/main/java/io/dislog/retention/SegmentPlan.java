package io.dislog.retention;

import io.dislog.api.Hold;
import io.dislog.api.Reason;
import java.util.List;

/**
 * What retention will do with a segment, and what holds it.
 *
 * @param baseOffset of its first record
 * @param endOffset the one after its last record
 * @param bytes of its store and its index
 * @param deletable whether the next run takes it
 * @param deleteAt when it goes for its age, in milliseconds since 1970, or -1; where its time is
 *     ahead of the clock and no run of retention has seen that, as if one did now
 * @param because the rules that ask for it to go
 * @param heldBy what keeps it from going
 */
public record SegmentPlan(
    long baseOffset,
    long endOffset,
    long bytes,
    boolean deletable,
    long deleteAt,
    List<Reason> because,
    List<Hold> heldBy) {

  public SegmentPlan {
    because = List.copyOf(because);
    heldBy = List.copyOf(heldBy);
  }

  /** Whether a rule asks for it to go and it stays, for itself or for an older one that does. */
  public boolean isHeldBack() {
    return !deletable && !because.isEmpty();
  }
}
