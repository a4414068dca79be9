package io.dislog.commit;

import io.dislog.command.Command;
import io.dislog.retention.SegmentPlan;

/** Is told what was committed, for metrics. Called by committing threads; must not block. */
public interface CommitListener {

  /** Is told nothing that it would keep. */
  CommitListener NONE = new CommitListener() {};

  /** A batch was committed: how many records, of how many bytes of values, keys and headers. */
  default void appended(int records, long bytes) {}

  /** A round was committed: how many commands, and how long write and force took together. */
  default void committed(int commands, long nanos) {}

  /** Retention ran on a log. */
  default void retentionRan() {}

  /** Retention deleted a segment. */
  default void deleted(SegmentPlan segment) {}

  /** A command was committed, and answered. */
  default void answered(Command<?> command, Object answer) {
    if (command instanceof Command.Append append
        && answer instanceof Command.Appended appended
        && !appended.duplicate()) {
      appended(appended.count(), append.size());
    } else if (answer instanceof Command.Reclaimed retained) {
      retentionRan();
      retained.segments().forEach(this::deleted);
    }
  }
}
