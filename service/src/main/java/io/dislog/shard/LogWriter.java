package io.dislog.shard;

import io.dislog.log.Durability;
import io.dislog.log.Journal;
import io.dislog.log.Log;
import io.dislog.log.LogFailedException;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.Record;
import io.dislog.log.SegmentPlan;
import io.dislog.shard.Command.Append;
import io.dislog.shard.Command.Appended;
import io.dislog.shard.Command.Configure;
import io.dislog.shard.Command.ConsumerMove;
import io.dislog.shard.Command.DeleteConsumer;
import io.dislog.shard.Command.Done;
import io.dislog.shard.Command.MoveConsumer;
import io.dislog.shard.Command.ProducerStamp;
import io.dislog.shard.Command.Retain;
import io.dislog.shard.Command.Retained;
import io.dislog.shard.Command.Seal;
import io.dislog.shard.Command.SealAged;
import io.dislog.shard.Command.Sealed;
import io.dislog.shard.Command.Trim;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies commands to one log.
 *
 * <p>One thread at a time, in rounds: any number of {@link #apply}, then {@link #write} and {@link
 * #publish}, or {@link #cutBack} of the whole round. What a command answers is known once its round
 * is published. The log and its journal are forced side by side: a batch that a producer sent is
 * told by its journal entry, and after a crash one without the other is undone (see {@code
 * io.dislog.log}).
 */
public final class LogWriter {

  /** The largest entry of a journal: a producer's id of 256 characters. */
  private static final int MAX_ENTRY_BYTES = 1 << 10;

  private final NamedLog shown;
  private final Log log;
  private final Journal journal;
  private final LogState state;
  private final Supplier<LogSettings> defaults;
  private final Space space;
  private final InstantSource clock;
  private final Executor forcer;
  private final List<Runnable> undo = new ArrayList<>();
  private boolean consumersChanged;
  private boolean appended;
  private @Nullable IOException failure;

  LogWriter(
      NamedLog shown,
      Log log,
      Journal journal,
      LogState state,
      Supplier<LogSettings> defaults,
      Surroundings surroundings) {
    this.shown = shown;
    this.log = log;
    this.journal = journal;
    this.state = state;
    this.defaults = defaults;
    this.space = surroundings.space();
    this.clock = surroundings.clock();
    this.forcer = surroundings.forcer();
    shown.show(state.consumers());
  }

  /** The log as readers see it. */
  public NamedLog log() {
    return shown;
  }

  /** Whether the journal has room for one more command in this round. */
  public boolean hasRoom() {
    return journal.hasRoomFor(MAX_ENTRY_BYTES);
  }

  /** Makes room in the journal; between rounds. */
  public void makeRoom() throws IOException {
    journal.turnOver(state.encode(log.extent().endOffset()));
  }

  /**
   * Applies a command, for readers to see once the round is published.
   *
   * @throws Refusal where the state does not allow it; the round goes on
   * @throws OffsetOutOfRangeException likewise
   * @throws IOException where the round must be cut back
   */
  @SuppressWarnings("unchecked") // Each command's answer is of the type that the command names.
  public <R> Answer<R> apply(Command<R> command) throws IOException {
    if (failure != null) {
      throw new LogFailedException("the log takes no commands: " + failure.getMessage(), failure);
    }
    Answer<?> answer =
        switch (command) {
          case Append append -> append(append);
          case Configure(SettingsPatch patch) -> configure(patch);
          case Trim(long before) -> trim(before);
          case Seal() -> this::seal;
          case SealAged() -> shown.isAged() ? this::seal : this::present;
          case Retain() -> retain();
          case MoveConsumer move -> move(move);
          case DeleteConsumer(String name) -> forget(name);
        };
    return (Answer<R>) answer;
  }

  /** Brings the round to the disk, as durably as the log's configuration says. */
  public void write() throws IOException {
    boolean force = shown.config().durability() == Durability.FSYNC;
    if (!journal.isDirty()) {
      log.write(force);
    } else if (!appended) {
      journal.write(force);
    } else {
      writeBoth(force);
    }
  }

  /** Shows the round, once written, to readers. */
  public void publish() throws IOException {
    journal.settle();
    log.publish();
    undo.clear();
    appended = false;
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
      log.force(); // From now on an entry of the index promises a forced record.
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
    appended = false;
    consumersChanged = false;
    journal.cutBack();
    if (log.failure() == null) {
      log.cutBack();
    }
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

  private Answer<Appended> append(Append append) throws IOException {
    ProducerStamp producer = append.producer();
    Appended before = producer == null ? null : state.producers().check(producer);
    if (before != null) {
      return () -> before;
    }
    long base = log.writtenEnd();
    if (append.expectedOffset() != null && append.expectedOffset() != base) {
      throw new Refusal.OffsetMismatch(append.expectedOffset(), base);
    }
    checkSizes(append.records());
    space.check(append.size());
    long time = log.timeAt(clock.millis());
    appended = true;
    log.append(append.records(), producer != null, time, shown.config().segment());
    Appended answer = new Appended(base, append.records().size(), time, false);
    if (producer != null) {
      change(
          new Change.Produced(
              producer.id(), producer.epoch(), producer.seq(), base, answer.count(), time));
    }
    return () -> answer;
  }

  private void checkSizes(List<Record> records) {
    int limit = shown.config().maxRecordBytes();
    for (int i = 0; i < records.size(); i++) {
      Record record = records.get(i);
      if (record.valueSize() > limit) {
        throw new Refusal.RecordTooLarge("a value", i, record.valueSize(), limit);
      }
      if (record.metaSize() > Record.MAX_META_BYTES) {
        throw new Refusal.RecordTooLarge(
            "a key and headers", i, record.metaSize(), Record.MAX_META_BYTES);
      }
    }
  }

  private Answer<Done> configure(SettingsPatch patch) {
    change(new Change.Configured(state.own().patched(patch)));
    return Done::new;
  }

  private Answer<Done> trim(long before) {
    checkInLog(before);
    if (before > state.earliest()) {
      change(new Change.Trimmed(before));
    }
    return () -> {
      log.trim(before, clock.millis());
      return new Done();
    };
  }

  private Answer<Retained> retain() {
    List<SegmentPlan> going = shown.plan().stream().filter(SegmentPlan::deletable).toList();
    if (going.isEmpty()) {
      return () -> new Retained(List.of());
    }
    long before = going.getLast().endOffset();
    if (before > state.earliest()) {
      change(new Change.Trimmed(before));
    }
    return () -> {
      log.trim(before, clock.millis());
      List<SegmentPlan> gone =
          going.stream().filter(plan -> plan.endOffset() <= log.firstOffset()).toList();
      return new Retained(gone);
    };
  }

  private Sealed seal() throws IOException {
    boolean created = log.seal(clock.millis());
    return new Sealed(log.segments().getLast().baseOffset(), created);
  }

  private Sealed present() {
    return new Sealed(log.segments().getLast().baseOffset(), false);
  }

  private Answer<ConsumerMove> move(MoveConsumer move) {
    Consumer before = state.consumers().get(move.name());
    if (move.ifAt() != null && (before == null || before.offset() != move.ifAt())) {
      throw new Refusal.ConsumerMoved(before == null ? null : before.offset());
    }
    long offset =
        switch (move.to()) {
          case Position.Earliest() -> state.earliest();
          case Position.Latest() -> log.writtenEnd();
          case Position.At(long at) -> at;
        };
    checkInLog(offset);
    Consumer after = new Consumer(move.name(), offset, clock.millis());
    change(new Change.Moved(after));
    consumersChanged = true;
    return () -> new ConsumerMove(after, before == null);
  }

  private Answer<Done> forget(String name) {
    if (!state.consumers().containsKey(name)) {
      throw new Refusal.UnknownConsumer(name);
    }
    change(new Change.Forgotten(name));
    consumersChanged = true;
    return Done::new;
  }

  private void checkInLog(long offset) {
    if (offset > log.writtenEnd()) {
      throw new OffsetOutOfRangeException(offset, state.earliest(), log.writtenEnd());
    }
  }

  private void change(Change change) {
    journal.append(change.encode());
    undo.add(state.apply(change));
  }

  private void writeBoth(boolean force) throws IOException {
    CompletableFuture<Void> entries =
        CompletableFuture.runAsync(
            () -> {
              try {
                journal.write(force);
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            },
            forcer);
    try {
      log.write(force);
    } finally {
      awaitEntries(entries);
    }
  }

  private static void awaitEntries(CompletableFuture<Void> entries) throws IOException {
    try {
      entries.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  /**
   * What a command answers, to be asked for once, after its round was published.
   *
   * @param <R> see {@link Command}
   */
  @FunctionalInterface
  public interface Answer<R> {
    R get() throws IOException;
  }
}
