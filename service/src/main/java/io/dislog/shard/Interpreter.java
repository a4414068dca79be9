package io.dislog.shard;

import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ApplyRetention;
import io.dislog.command.Command.Close;
import io.dislog.command.Command.Configure;
import io.dislog.command.Command.ConsumerMove;
import io.dislog.command.Command.DeleteConsumer;
import io.dislog.command.Command.Done;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Command.Reclaimed;
import io.dislog.command.Command.Seal;
import io.dislog.command.Command.SealAged;
import io.dislog.command.Command.Sealed;
import io.dislog.command.Command.Trim;
import io.dislog.command.Command.Use;
import io.dislog.command.Consumer;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.log.Log;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.Record;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogWriter.Answer;
import io.dislog.state.Change;
import io.dislog.state.LogState;
import io.dislog.state.ProducerLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says what each command does to a log. For the log's one writing thread.
 *
 * <p>What deletes or seals segments is done when the answer is asked for: then the change that
 * allows it is durable.
 */
final class Interpreter {

  private final LogView shown;
  private final Log log;
  private final LogState state;
  private final DiskReserve reserve;
  private final InstantSource clock;
  private final Supplier<ProducerLimits> limits;
  private final boolean namesBatches;
  private final ChangeMaker change;

  /**
   * @param change makes a change of the state and journals it
   */
  Interpreter(LogView shown, Log log, LogState state, ShardContext context, ChangeMaker change) {
    this.shown = shown;
    this.log = log;
    this.state = state;
    this.reserve = context.reserve();
    this.clock = context.clock();
    this.limits = context.producers();
    this.namesBatches = context.history().namesBatches();
    this.change = change;
  }

  /** See {@link LogWriter#apply}. */
  @SuppressWarnings("unchecked") // Each command's answer is of the type that the command names.
  <R> Answer<R> apply(Command<R> command) throws IOException {
    Answer<?> answer =
        switch (command) {
          case Append append -> append(append);
          case Configure(SettingsPatch patch) -> configure(patch);
          case Trim(long before) -> trim(before);
          case Seal() -> this::seal;
          case SealAged() -> shown.isAgedAt(clock.millis()) ? this::seal : this::present;
          case ApplyRetention retain -> retain(retain);
          case MoveConsumer move -> move(move);
          case DeleteConsumer(String name) -> forget(name);
          case Close close -> close(close);
          case Use() -> use();
        };
    return (Answer<R>) answer;
  }

  private Answer<Appended> append(Append append) throws IOException {
    ProducerStamp producer = append.producer();
    long now = clock.millis();
    checkNotExpired(now);
    Appended before = earlier(producer, now);
    if (before != null) {
      return () -> before;
    }
    long base = log.writtenEnd();
    checkEnd(append.expectedOffset(), base);
    checkSequence(append.sequence());
    checkSizes(append.records());
    reserve.take(append.size());
    long time = log.timeAt(now);
    List<Change> told = new ArrayList<>();
    Appended answer = new Appended(base, append.records().size(), time, producer);
    if (producer != null) {
      told.add(produced(producer, answer, now));
    }
    if (append.sequence() != null) {
      told.add(new Change.Sequenced(append.sequence(), base, answer.count()));
    }
    if (append.closes()) {
      told.add(new Change.Closed(base, answer.count()));
    }
    boolean named = !told.isEmpty() && namesBatches;
    log.append(append.records(), named, time, shown.config().segment());
    make(told);
    noteUse(now);
    return () -> answer;
  }

  private Answer<Appended> close(Close close) {
    ProducerStamp producer = close.producer();
    long now = clock.millis();
    checkNotExpired(now);
    long end = log.writtenEnd();
    boolean again = state.isClosed() && producer == null;
    Appended before = again ? null : earlier(producer, now);
    if (before != null) {
      return () -> before;
    }
    checkEnd(close.expectedOffset(), end);
    Appended answer = new Appended(end, 0, log.timeAt(now), producer);
    if (!again) {
      Change closed = new Change.Closed(end, 0);
      make(producer == null ? List.of(closed) : List.of(produced(producer, answer, now), closed));
    }
    return () -> answer;
  }

  private Answer<Done> use() {
    long now = clock.millis();
    checkNotExpired(now);
    noteUse(now);
    return Done::new;
  }

  /** A crash leaves all of them, or none. */
  private void make(List<Change> told) {
    if (told.size() == 1) {
      change.make(told.getFirst());
    } else if (!told.isEmpty()) {
      change.make(new Change.Together(told));
    }
  }

  private void noteUse(long now) {
    if (state.traits().isUseDue(state.usedAt(), now)) {
      change.make(new Change.Used(now));
    }
  }

  /** How a request was answered that this one repeats, or null where it is new and next. */
  private @Nullable Appended earlier(@Nullable ProducerStamp producer, long now) {
    if (state.isClosed()) {
      Appended before = producer == null ? null : state.producers().answerTo(producer);
      if (before == null) {
        throw new Rejection.LogClosed(shown.name());
      }
      return before;
    }
    return producer == null ? null : state.producers().check(producer, now, limits.get());
  }

  private void checkNotExpired(long now) {
    if (state.traits().isExpired(state.usedAt(), now)) {
      throw new Rejection.UnknownLog(shown.name());
    }
  }

  private static void checkEnd(@Nullable Long expected, long end) {
    if (expected != null && expected != end) {
      throw new Rejection.OffsetMismatch(expected, end);
    }
  }

  private void checkSequence(@Nullable String sequence) {
    String last = state.sequence();
    if (sequence != null && last != null && compareBytes(sequence, last) <= 0) {
      throw new Rejection.SequenceRegression(sequence, last);
    }
  }

  private static int compareBytes(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private Change produced(ProducerStamp producer, Appended appended, long now) {
    return new Change.Produced(
        producer.id(),
        producer.epoch(),
        producer.seq(),
        appended.baseOffset(),
        appended.count(),
        appended.time(),
        heardAt(appended, now),
        state.producers().forgottenFor(producer.id(), now, limits.get()));
  }

  /** Of an entry of the first version, which has no limits, all that a node of that one knows. */
  private long heardAt(Appended appended, long now) {
    return limits.get().equals(ProducerLimits.NONE) ? appended.time() : now;
  }

  private void checkSizes(List<Record> records) {
    int limit = shown.config().maxRecordBytes();
    for (int i = 0; i < records.size(); i++) {
      Record record = records.get(i);
      if (record.valueSize() > limit) {
        throw new Rejection.RecordTooLarge("a value", i, record.valueSize(), limit);
      }
      if (record.metaSize() > Record.MAX_META_BYTES) {
        throw new Rejection.RecordTooLarge(
            "a key and headers", i, record.metaSize(), Record.MAX_META_BYTES);
      }
    }
  }

  private Answer<Done> configure(SettingsPatch patch) {
    change.make(new Change.Configured(state.own().patched(patch)));
    return Done::new;
  }

  private Answer<Done> trim(long before) {
    checkInLog(before);
    if (before > state.earliest()) {
      change.make(new Change.Trimmed(before));
    }
    return () -> {
      log.trim(before, clock.millis());
      return new Done();
    };
  }

  private Answer<Reclaimed> retain(ApplyRetention retain) {
    long now = clock.millis();
    if (retain.sighting() != null) {
      change.make(new Change.Sighted(retain.sighting(), now));
    }
    List<SegmentPlan> going =
        shown.planAt(now).segments().stream()
            .filter(plan -> plan.deletable() && plan.endOffset() <= retain.before())
            .toList();
    if (going.isEmpty()) {
      return () -> new Reclaimed(List.of());
    }
    long before = going.getLast().endOffset();
    if (before > state.earliest()) {
      change.make(new Change.Trimmed(before));
    }
    return () -> {
      log.trim(before, clock.millis());
      List<SegmentPlan> gone =
          going.stream().filter(plan -> plan.endOffset() <= log.firstOffset()).toList();
      return new Reclaimed(gone);
    };
  }

  private Sealed seal() throws IOException {
    boolean created = log.seal(clock.millis());
    return new Sealed(log.activeOffset(), created);
  }

  private Sealed present() {
    return new Sealed(log.activeOffset(), false);
  }

  private Answer<ConsumerMove> move(MoveConsumer move) {
    Consumer before = state.consumers().get(move.name());
    if (move.ifAt() != null && (before == null || before.offset() != move.ifAt())) {
      throw new Rejection.ConsumerMoved(before == null ? null : before.offset());
    }
    long offset =
        switch (move.to()) {
          case OffsetSpec.Earliest() -> state.earliest();
          case OffsetSpec.Latest() -> log.writtenEnd();
          case OffsetSpec.At(long at) -> at;
        };
    checkInLog(offset);
    Consumer after = new Consumer(move.name(), offset, clock.millis());
    change.make(new Change.Moved(after));
    return () -> new ConsumerMove(after, before == null);
  }

  private Answer<Done> forget(String name) {
    if (!state.consumers().containsKey(name)) {
      throw new Rejection.UnknownConsumer(name);
    }
    change.make(new Change.Forgotten(name));
    return Done::new;
  }

  private void checkInLog(long offset) {
    if (offset > log.writtenEnd()) {
      throw new OffsetOutOfRangeException(offset, state.earliest(), log.writtenEnd());
    }
  }

  /** Makes a change of the state and journals it. */
  interface ChangeMaker {
    void make(Change change);
  }
}
