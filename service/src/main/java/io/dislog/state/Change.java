package io.dislog.state;

import io.dislog.command.Consumer;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.Sighting;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of a log's state beside its records, or of a shard's; see {@link ChangeFormat}. */
public sealed interface Change {

  /** The log was created; its id tells it from other logs that bore its name. */
  record Created(long id) implements Change {}

  /** The log's own settings are these. */
  record Configured(LogSettings own) implements Change {}

  /** The earliest offset is this one. */
  record Trimmed(long earliest) implements Change {}

  /** Batches below this offset need no entry of their own any more. */
  record NamedBelow(long endOffset) implements Change {}

  /** A consumer stands here. */
  record Moved(Consumer consumer) implements Change {}

  /** A consumer was deleted. */
  record Forgotten(String consumer) implements Change {}

  /**
   * An idempotent producer's request was appended.
   *
   * @param time of its records
   * @param heardAt when the clock said that the producer sent it: before that time, where the clock
   *     is behind the log's newest record
   * @param forgotten so many producers, the longest silent ones, were forgotten for it
   * @param owner the principal who sent it, or null where nobody has written rules
   */
  record Produced(
      String producer,
      long epoch,
      long seq,
      long baseOffset,
      int count,
      long time,
      long heardAt,
      int forgotten,
      @Nullable String owner)
      implements Change {

    long endOffset() {
      return baseOffset + count;
    }
  }

  /** The log is this from its creation on. */
  record Characterized(LogTraits traits) implements Change {}

  /** The log was read or appended to, in milliseconds since 1970. */
  record Used(long at) implements Change {}

  /** A batch was appended with a sequence, which that of the next one must exceed. */
  record Sequenced(String sequence, long baseOffset, int count) implements Change {

    long endOffset() {
      return baseOffset + count;
    }
  }

  /** Nothing is appended any more behind this batch, which may be empty. */
  record Closed(long baseOffset, int count) implements Change {

    long endOffset() {
      return baseOffset + count;
    }
  }

  /** A log of that name is a fork of this one, or about to be, since then. */
  record Forked(String fork, long at) implements Change {}

  /** A log of that name is no fork of this one any more. */
  record Unforked(String fork) implements Change {}

  /** The log's owner deleted it. */
  record Retired() implements Change {}

  /** The log is shown, after it was filled; or not yet. */
  record Staged(boolean isStaged) implements Change {}

  /** Changes that a crash leaves all of, or none. */
  record Together(List<Change> changes) implements Change {

    public Together {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A run of retention saw that the log's newest time is ahead of the clock.
   *
   * @param at when, as the clock said
   */
  record Sighted(Sighting sighting, long at) implements Change {}

  /**
   * All commands up to this position of the shard's history are in the log, which ends here and has
   * all of that durably. For logs whose commands are replayed after a crash.
   */
  record Mark(long position, long endOffset) implements Change {}

  /** Likewise of a whole shard: all entries of its history up to this one. */
  record Checkpointed(Checkpoint at) implements Change {}

  /**
   * The checkpoint that is told next leaves a damaged log out: that log is good for something only
   * if it has a mark at this position of the shard's history, or behind it.
   */
  record Passed(String log, long position) implements Change {}

  /** The change as a journal keeps it. */
  default byte[] encode() {
    return ChangeFormat.encode(this);
  }

  /** Reads what {@link #encode} wrote. */
  static Change decode(ByteBuffer from) {
    return ChangeFormat.decode(from);
  }
}
