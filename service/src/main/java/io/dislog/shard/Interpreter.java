package io.dislog.shard;

import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.ApplyRetention;
import io.dislog.command.Command.Close;
import io.dislog.command.Command.Configure;
import io.dislog.command.Command.ConsumerMove;
import io.dislog.command.Command.DeleteConsumer;
import io.dislog.command.Command.Done;
import io.dislog.command.Command.Fork;
import io.dislog.command.Command.Inherit;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.Publish;
import io.dislog.command.Command.Reclaimed;
import io.dislog.command.Command.Retire;
import io.dislog.command.Command.Seal;
import io.dislog.command.Command.SealAged;
import io.dislog.command.Command.Sealed;
import io.dislog.command.Command.Trim;
import io.dislog.command.Command.Unfork;
import io.dislog.command.Command.Use;
import io.dislog.command.Consumer;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.log.Log;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.retention.SegmentPlan;
import io.dislog.shard.LogWriter.Answer;
import io.dislog.state.Change;
import io.dislog.state.LogState;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

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
  private final InstantSource clock;
  private final ChangeMaker change;
  private final Appender appends;

  /**
   * @param change makes a change of the state and journals it
   */
  Interpreter(LogView shown, Log log, LogState state, ShardContext context, ChangeMaker change) {
    this.shown = shown;
    this.log = log;
    this.state = state;
    this.clock = context.clock();
    this.change = change;
    this.appends = new Appender(shown, log, state, context, change);
  }

  /** See {@link LogWriter#apply}. */
  @SuppressWarnings("unchecked") // Each command's answer is of the type that the command names.
  <R> Answer<R> apply(Command<R> command) throws IOException {
    Answer<?> answer =
        switch (command) {
          case Append append -> appends.append(append);
          case Configure(SettingsPatch patch) -> configure(patch);
          case Trim(long before) -> trim(before);
          case Seal() -> this::seal;
          case SealAged() -> shown.isAgedAt(clock.millis()) ? this::seal : this::present;
          case ApplyRetention retain -> retain(retain);
          case MoveConsumer move -> move(move);
          case DeleteConsumer(String name) -> forget(name);
          case Close close -> appends.close(close);
          case Use() -> use();
          case Fork(String fork) -> fork(fork);
          case Unfork(String fork) -> unfork(fork);
          case Retire() -> retire();
          case Inherit inherit -> inherit(inherit);
          case Publish() -> publish();
        };
    return (Answer<R>) answer;
  }

  private Answer<Done> use() {
    long now = clock.millis();
    appends.checkAlive(now);
    appends.noteUse(now);
    return Done::new;
  }

  private Answer<Done> fork(String fork) {
    long now = clock.millis();
    appends.checkAlive(now);
    change.make(new Change.Forked(fork, now));
    return Done::new;
  }

  private Answer<Done> unfork(String fork) {
    if (state.life().forks().containsKey(fork)) {
      change.make(new Change.Unforked(fork));
    }
    return Done::new;
  }

  private Answer<Done> retire() {
    long end = log.writtenEnd();
    change.make(new Change.Retired());
    return trim(end);
  }

  private Answer<Done> inherit(Inherit inherit) throws IOException {
    long time = log.timeAt(inherit.time());
    log.append(inherit.records(), false, time, shown.config().segment());
    return Done::new;
  }

  private Answer<Done> publish() {
    change.make(new Change.Staged(false));
    return Done::new;
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
