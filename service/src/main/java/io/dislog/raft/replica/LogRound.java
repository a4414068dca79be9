package io.dislog.raft.replica;

import io.dislog.command.Command;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Pending;
import io.dislog.commit.Round;
import io.dislog.shard.LogWriter;
import java.io.IOException;

/**
 * What one entry asks of one log. For the shard's applying thread.
 *
 * <p>Commands that look at what is published (the configuration, the segments) are in rounds of
 * their own: so they see the same on every replica, however the journal's room divides the rest.
 */
final class LogRound {

  private final LogWriter writer;
  private final CommitListener listener;
  private Round round;

  LogRound(LogWriter writer, CommitListener listener) {
    this.writer = writer;
    this.listener = listener;
    this.round = new Round(writer, listener);
  }

  /** Applies a command that stands at this position of the shard's history. */
  void apply(long position, Pending<?> pending) throws IOException {
    boolean alone = isAlone(pending.command());
    if (alone || !writer.hasRoom()) {
      end();
    }
    if (!writer.hasRoom()) {
      writer.makeRoom();
    }
    writer.goTo(position);
    round.apply(pending);
    if (alone) {
      end();
    }
  }

  /** Writes and shows what was applied, and answers it. */
  void end() throws IOException {
    if (round.isEmpty()) {
      return;
    }
    round.write();
    IOException failure = round.diskFailure();
    if (failure != null) {
      throw failure; // Other replicas carry it out: this one must not go on without.
    }
    round.tell();
    round = new Round(writer, listener);
  }

  private static boolean isAlone(Command<?> command) {
    return switch (command) {
      case Command.Append _,
          Command.MoveConsumer _,
          Command.DeleteConsumer _,
          Command.Close _,
          Command.Use _,
          Command.Fork _,
          Command.Unfork _,
          Command.Inherit _,
          Command.Publish _ ->
          false;
      case Command.Configure _,
          Command.Trim _,
          Command.Seal _,
          Command.SealAged _,
          Command.ApplyRetention _,
          Command.Retire _ ->
          true;
    };
  }
}
