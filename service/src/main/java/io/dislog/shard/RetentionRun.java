package io.dislog.shard;

import io.dislog.command.Command.ApplyRetention;
import io.dislog.command.Sighting;
import io.dislog.retention.RetentionPlan;
import org.jspecify.annotations.Nullable;

/**
 * What a run of retention does to a log, as it is decided on here and now: so it is the same on
 * every node and after every restart, whatever has been appended since.
 *
 * @param sighting what it sees of times that are ahead of the clock, or null
 */
public record RetentionRun(RetentionPlan plan, @Nullable Sighting sighting) {

  /** Whether it takes a segment, or sees one first. */
  public boolean isDue() {
    return sighting != null || plan.deletesAny();
  }

  /** The command that does it. */
  public ApplyRetention command() {
    return new ApplyRetention(plan.deletedEnd(), sighting);
  }
}
