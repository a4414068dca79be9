package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What retention will do with a log's segments, which are in the order of their offsets. */
public record RetentionPlan(List<Segment> segments) {

  public RetentionPlan {
    segments = List.copyOf(segments);
  }

  /**
   * A segment.
   *
   * @param bytes of store and index
   * @param deletable whether the next run takes it
   * @param deleteAt when it goes for its age, as RFC 3339 in UTC, or null where it does not
   * @param because the rules that ask for it to go
   * @param heldBy what keeps it from going
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Segment(
      long baseOffset,
      long bytes,
      boolean deletable,
      @Nullable String deleteAt,
      List<Reason> because,
      List<Hold> heldBy) {

    public Segment {
      because = List.copyOf(because);
      heldBy = List.copyOf(heldBy);
    }
  }
}
