package io.dislog.shard;

import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.Close;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Rejection;
import io.dislog.log.Log;
import io.dislog.log.Record;
import io.dislog.shard.Interpreter.ChangeMaker;
import io.dislog.shard.LogWriter.Answer;
import io.dislog.state.Change;
import io.dislog.state.LogLife;
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
 * Says what appends do to a log, and its closing: what producers sent before, which conditions
 * hold. For the log's one writing thread.
 */
final class Appender {

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
  Appender(LogView shown, Log log, LogState state, ShardContext context, ChangeMaker change) {
    this.shown = shown;
    this.log = log;
    this.state = state;
    this.reserve = context.reserve();
    this.clock = context.clock();
    this.limits = context.producers();
    this.namesBatches = context.history().namesBatches();
    this.change = change;
  }

  /** Appends a batch, and closes the log with it where that is asked for. */
  Answer<Appended> append(Append append) throws IOException {
    ProducerStamp producer = append.producer();
    long now = clock.millis();
    checkAlive(now);
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

  /** Closes the log. */
  Answer<Appended> close(Close close) {
    ProducerStamp producer = close.producer();
    long now = clock.millis();
    checkAlive(now);
    long end = log.writtenEnd();
    boolean again = state.life().closed() && producer == null;
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
    noteUse(now);
    return () -> answer;
  }

  /** A crash leaves all of them, or none. */
  private void make(List<Change> told) {
    if (told.size() == 1) {
      change.make(told.getFirst());
    } else if (!told.isEmpty()) {
      change.make(new Change.Together(told));
    }
  }

  /** Has a time to live begin anew, where the last use was not just now. */
  void noteUse(long now) {
    if (state.traits().isUseDue(state.life().usedAt(), now)) {
      change.make(new Change.Used(now));
    }
  }

  /** How a request was answered that this one repeats, or null where it is new and next. */
  private @Nullable Appended earlier(@Nullable ProducerStamp producer, long now) {
    if (state.life().closed()) {
      Appended before = producer == null ? null : state.producers().answerTo(producer);
      if (before == null) {
        throw new Rejection.LogClosed(shown.name());
      }
      return before;
    }
    return producer == null ? null : state.producers().check(producer, now, limits.get());
  }

  /** Refuses what comes once the log's time has passed, or its owner deleted it. */
  void checkAlive(long now) {
    LogLife life = state.life();
    if (life.isOver(state.traits(), now)) {
      throw new Rejection.UnknownLog(shown.name());
    }
    if (life.retired()) {
      throw new Rejection.LogRetired(shown.name());
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
        state.producers().forgottenFor(producer.id(), now, limits.get()),
        producer.owner());
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
}
