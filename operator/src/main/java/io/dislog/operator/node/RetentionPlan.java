package io.dislog.operator.node;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What retention will do with a log's segments, which are in the order of their offsets. */
@RegisterForReflection
public record RetentionPlan(List<Segment> segments) {

  public RetentionPlan {
    segments = List.copyOf(segments);
  }

  /**
   * A segment.
   *
   * @param bytes of store and index
   * @param deletable whether the next run takes it
   * @param because the rules that ask for it to go, as the service names them
   * @param heldBy {@code active}, {@code consumer:NAME}, {@code unarchived}
   */
  public record Segment(
      long baseOffset, long bytes, boolean deletable, List<String> because, List<String> heldBy) {

    public Segment {
      because = List.copyOf(because);
      heldBy = List.copyOf(heldBy);
    }
  }
}
