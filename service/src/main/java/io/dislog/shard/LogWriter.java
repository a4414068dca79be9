package io.dislog.shard;

import io.dislog.command.Command;
import io.dislog.command.Durability;
import io.dislog.command.LogSettings;
import io.dislog.journal.Journal;
import io.dislog.log.Log;
import io.dislog.log.LogFailedException;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.shard.ShardOutline.LogOutline;
import io.dislog.state.Change;
import io.dislog.state.Checkpoint;
import io.dislog.state.LogState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies commands to one log.
 *
 * <p>One thread at a time, in rounds: any number of {@link #apply}, then {@link #write} and {@link
 * #publish}, or {@link #cutBack} of the whole round. What a command answers is known once its round
 * is published. How the log and its journal reach the disk is up to the {@link History}.
 */
public final class LogWriter {

  /** No command's entries are larger: an id and a sequence of 256 characters take 1,536 each. */
  private static final int MAX_ENTRY_BYTES = 4 << 10;

  private final LogView shown;
  private final Log log;
  private final Journal journal;
  private final LogState state;
  private final Supplier<LogSettings> defaults;
  private final History history;
  private final List<Runnable> undo = new ArrayList<>();
  private final Interpreter interpreter;
  private boolean consumersChanged;
  private boolean trimmed;
  private long position;
  private @Nullable IOException failure;

  LogWriter(
      LogView shown,
      Log log,
      Journal journal,
      LogState state,
      Supplier<LogSettings> defaults,
      ShardContext context) {
    this.shown = shown;
    this.log = log;
    this.journal = journal;
    this.state = state;
    this.defaults = defaults;
    this.history = context.history();
    this.position = state.mark().position();
    this.interpreter = new Interpreter(shown, log, state, context, this::change);
    shown.show(state.consumers());
    shown.show(state.sightings());
    shown.showProducers(state.producers().bytes());
  }

  /** The log as readers see it. */
  public LogView log() {
    return shown;
  }

  /**
   * Has the log's files keep their descriptors until {@link #letGo}, so that a round is not stopped
   * halfway for want of one.
   *
   * @throws io.dislog.disk.TooManyFilesException where there is none
   */
  public void hold() throws IOException {
    if (failure == null) {
      log.hold();
      journal.hold();
    }
  }

  /** Ends a {@link #hold}, if there is one. */
  public void letGo() {
    log.letGo();
    journal.letGo();
  }

  /** Whether the journal has room for one more command in this round. */
  public boolean hasRoom() {
    return journal.hasRoomFor(MAX_ENTRY_BYTES);
  }

  /** Makes room in the journal; between rounds. */
  public void makeRoom() throws IOException {
    history.beforeTurnOver(log, state, position);
    journal.turnOver(state.encode(log.extent().endOffset()));
  }

  /** Whether the log, as it was opened, tells of the command at this position of its history. */
  public boolean has(long commandAt) {
    return commandAt <= state.mark().position();
  }

  /** The next command stands at this position of the shard's history. */
  public void goTo(long commandAt) {
    position = commandAt;
  }

  /**
   * Marks in the journal, between rounds, that all commands up to the last one are in the log.
   *
   * @return the files that are to be forced before the mark may be relied on
   */
  public List<Path> mark() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (!hasRoom()) {
      makeRoom();
      return List.of();
    }
    change(new Change.Mark(position, log.writtenEnd()));
    journal.write(false);
    journal.settle();
    undo.clear();
    return List.of(log.activeStore(), journal.file());
  }

  /** What the log holds, between rounds; all commands up to the checkpoint are in it. */
  public LogOutline outline(Checkpoint at) {
    List<byte[]> entries = new ArrayList<>();
    state.encode(log.writtenEnd()).forEach(entries::add);
    entries.add(new Change.Mark(at.lastPosition(), log.writtenEnd()).encode());
    return new LogOutline(shown.name(), shown.id(), entries, log.reader().stores());
  }

  /**
   * Applies a command, for readers to see once the round is published.
   *
   * @throws Rejection where the state does not allow it; the round goes on
   * @throws OffsetOutOfRangeException likewise
   * @throws LogFailedException likewise: the log takes no such command any more
   * @throws IOException where the round must be cut back
   */
  public <R> Answer<R> apply(Command<R> command) throws IOException {
    if (failure != null) {
      throw new LogFailedException("the log takes no commands: " + failure.getMessage(), failure);
    }
    return interpreter.apply(command);
  }

  /** Brings the round to the disk, as durably as the log's configuration says. */
  public void write() throws IOException {
    if (failure != null) {
      return; // What a round that failed left behind stays where it is.
    }
    // Files are deleted after a trim: that it was made must not be lost, whatever else may.
    boolean force = trimmed || history.forces(shown.config().durability());
    if (trimmed) {
      history.besideTrim(position, log.writtenEnd()).ifPresent(this::change);
    }
    if (journal.isDirty()) {
      history.write(log, journal, force);
    } else {
      log.write(force);
    }
  }

  /** Shows the round, once written, to readers. */
  public void publish() throws IOException {
    if (failure != null) {
      return;
    }
    journal.settle();
    log.publish();
    undo.clear();
    trimmed = false;
    shown.show(state.sightings());
    shown.showProducers(state.producers().bytes());
    shown.show(state.life());
    if (consumersChanged) {
      shown.show(state.consumers());
      consumersChanged = false;
    }
    if (!shown.own().equals(state.own())) {
      showSettings();
    }
  }

  /** Takes over changed defaults, or settings; between rounds. */
  public void showSettings() throws IOException {
    Durability before = shown.config().durability();
    shown.show(state.own(), defaults.get());
    if (before == Durability.BUFFERED && shown.config().durability() == Durability.FSYNC) {
      // What the cache alone holds is durable from now on, too: a batch goes where its entry does.
      log.force();
      journal.force();
    }
  }

  /** Tells those who wait that there is something new. */
  public void tell() {
    shown.tellSubscribers();
  }

  /** Undoes the round that could not be written. */
  public void cutBack() throws IOException {
    undo.reversed().forEach(Runnable::run);
    undo.clear();
    trimmed = false;
    consumersChanged = false;
    if (log.failure() == null) {
      log.cutBack();
    }
    // Last: an entry without its batch is told as one after a crash, but not always a batch without
    // its entry.
    journal.cutBack();
  }

  /** Takes no more commands: after a failed force nobody knows what the disk holds. */
  public void fail(IOException cause) {
    failure = cause;
    log.fail(cause);
    shown.showFailure(cause);
  }

  /** Closes the files, after forcing what can be; readers are told where the log is deleted. */
  public void close(boolean deleted) throws IOException {
    if (deleted) {
      shown.showDeleted();
    }
    try (log) {
      if (failure == null) {
        journal.force();
      }
    } finally {
      journal.close();
    }
  }

  /** Does the same, where the log is about to be opened anew from what a peer has. */
  void closeReplaced() throws IOException {
    shown.showReplaced();
    close(false);
  }

  private void change(Change change) {
    journal.append(change.encode());
    undo.add(state.apply(change));
    trimmed |= change instanceof Change.Trimmed;
    consumersChanged |= change instanceof Change.Moved || change instanceof Change.Forgotten;
  }

  /**
   * What a command answers, to be asked for once, after its round was published. What deletes files
   * does so then.
   *
   * @param <R> see {@link Command}
   */
  @FunctionalInterface
  public interface Answer<R> {
    R conclude() throws IOException;
  }
}
