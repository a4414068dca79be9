package io.dislog.commit;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ConsumerMove;
import io.dislog.command.Command.Done;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Command.Sealed;
import io.dislog.command.Consumer;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.command.SettingsPatch;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.Record;
import io.dislog.log.SegmentInfo;
import io.dislog.log.StoredRecord;
import io.dislog.shard.TestDefaults;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a log is to those who use it: a list of records, and where it begins. */
final class Model {

  static final String NAME = "a";

  private final List<StoredRecord> records = new ArrayList<>();
  private final Map<String, Consumer> consumers = new TreeMap<>();
  private final ModelProducers producers = new ModelProducers();
  private final Map<Setting, Long> own = new EnumMap<>(Setting.class);
  private final FirstSeen seen = new FirstSeen();
  private long earliest;
  private @Nullable String last;
  private boolean closed;

  Model(Map<Setting, Long> own) {
    this.own.putAll(own);
  }

  long earliest() {
    return earliest;
  }

  long end() {
    return records.size();
  }

  Map<Setting, Long> own() {
    return own;
  }

  Map<String, Consumer> consumers() {
    return consumers;
  }

  boolean isClosed() {
    return closed;
  }

  /** Of the last append that had one, or null. */
  @Nullable String sequence() {
    return last;
  }

  /** Of a record that was appended once, trimmed or not. */
  long time(long offset) {
    return records.get((int) offset).time();
  }

  /** The records of these offsets. */
  List<StoredRecord> between(long from, long to) {
    return records.subList((int) from, (int) to);
  }

  /** What producers sent. */
  ModelProducers producers() {
    return producers;
  }

  /** Why an offset that is read can't be, or null. */
  @Nullable RuntimeException refusalOf(long offset, long above) {
    return offset < earliest || offset > above ? outOfRange(offset) : null;
  }

  /** What a range holds. */
  List<StoredRecord> range(long from, int limit, long maxBytes) {
    long bytes = 0;
    long next = from;
    while (next < end() && next - from < limit) {
      bytes += records.get((int) next).record().valueSize();
      if (bytes > maxBytes && next > from) {
        break;
      }
      next++;
    }
    return between(from, next);
  }

  long offsetAt(long time) {
    long offset = earliest;
    while (offset < end() && time(offset) < time) {
      offset++;
    }
    return offset;
  }

  /** Why a command is refused, or null. */
  @Nullable RuntimeException rejection(Command<?> command) {
    return switch (command) {
      case Append append -> rejection(append);
      case Command.Trim(long before) -> before > end() ? outOfRange(before) : null;
      case MoveConsumer move -> rejection(move);
      case Command.DeleteConsumer(String name) ->
          consumers.containsKey(name) ? null : new Rejection.UnknownConsumer(name);
      case Command.Close close -> rejection(close.expectedOffset(), close.producer());
      default -> null;
    };
  }

  /**
   * Does a command that is not refused.
   *
   * @param before the log's segments as they were
   * @return the answer; where retention ran, the base offsets of the segments that went
   */
  Object run(Command<?> command, List<SegmentInfo> before, long now) {
    return switch (command) {
      case Append append -> append(append, now);
      case Command.Configure(SettingsPatch patch) -> {
        own.putAll(patch.set());
        own.keySet().removeAll(patch.reset());
        yield new Done();
      }
      case Command.Trim(long offset) -> {
        earliest = Math.max(earliest, offset);
        yield new Done();
      }
      case Command.Seal() -> seal(before.getLast(), before.getLast().records() > 0);
      case Command.SealAged() -> seal(before.getLast(), isAged(before.getLast(), now));
      case Command.ApplyRetention _ -> retain(before, now);
      case MoveConsumer move -> {
        Consumer after = new Consumer(move.name(), target(move.to()), now);
        yield new ConsumerMove(after, consumers.put(move.name(), after) == null);
      }
      case Command.DeleteConsumer(String name) -> {
        consumers.remove(name);
        yield new Done();
      }
      case Command.Close close -> close(close, now);
      default -> throw new IllegalArgumentException("it is not drawn: " + command);
    };
  }

  private @Nullable RuntimeException rejection(Append append) {
    if (producers.answerTo(append.producer()) != null) {
      return null;
    }
    if (closed) {
      return new Rejection.LogClosed(NAME);
    }
    RuntimeException why = rejection(append.expectedOffset(), append.producer());
    if (why != null) {
      return why;
    }
    String sequence = append.sequence();
    if (sequence != null && last != null && sequence.compareTo(last) <= 0) { // They are ASCII.
      return new Rejection.SequenceRegression(sequence, last);
    }
    long limit = value(Setting.MAX_RECORD_BYTES);
    for (int i = 0; i < append.records().size(); i++) {
      int size = append.records().get(i).valueSize();
      if (size > limit) {
        return new Rejection.RecordTooLarge("a value", i, size, limit);
      }
    }
    return null;
  }

  private @Nullable RuntimeException rejection(
      @Nullable Long expected, @Nullable ProducerStamp stamp) {
    if (producers.answerTo(stamp) != null) {
      return null;
    }
    if (closed && stamp != null) {
      return new Rejection.LogClosed(NAME);
    }
    RuntimeException why = stamp == null ? null : producers.rejection(stamp);
    if (why != null) {
      return why;
    }
    return expected != null && expected != end()
        ? new Rejection.OffsetMismatch(expected, end())
        : null;
  }

  private @Nullable RuntimeException rejection(MoveConsumer move) {
    Consumer there = consumers.get(move.name());
    Long at = there == null ? null : (Long) there.offset();
    if (move.ifAt() != null && !move.ifAt().equals(at)) {
      return new Rejection.ConsumerMoved(at);
    }
    long target = target(move.to());
    return target > end() ? outOfRange(target) : null;
  }

  private long target(OffsetSpec to) {
    return switch (to) {
      case OffsetSpec.Earliest() -> earliest;
      case OffsetSpec.Latest() -> end();
      case OffsetSpec.At(long at) -> at;
    };
  }

  private OffsetOutOfRangeException outOfRange(long offset) {
    return new OffsetOutOfRangeException(offset, earliest, end());
  }

  private Appended append(Append append, long now) {
    ProducerStamp stamp = append.producer();
    Appended before = producers.answerTo(stamp);
    if (before != null) {
      return before;
    }
    List<Record> batch = append.records();
    long time = records.isEmpty() ? now : Math.max(now, records.getLast().time());
    Appended answer = new Appended(end(), batch.size(), time, stamp);
    for (int i = 0; i < batch.size(); i++) {
      records.add(new StoredRecord(end(), time, i + 1 < batch.size(), batch.get(i)));
    }
    if (append.sequence() != null) {
      last = append.sequence();
    }
    closed |= append.closes();
    producers.remember(stamp, answer);
    return answer;
  }

  private Appended close(Command.Close close, long now) {
    ProducerStamp stamp = close.producer();
    Appended before = producers.answerTo(stamp);
    if (before != null) {
      return before;
    }
    long time = records.isEmpty() ? now : Math.max(now, records.getLast().time());
    Appended answer = new Appended(end(), 0, time, stamp);
    closed = true;
    producers.remember(stamp, answer);
    return answer;
  }

  private Sealed seal(SegmentInfo active, boolean due) {
    return new Sealed(due ? end() : active.baseOffset(), due);
  }

  private boolean isAged(SegmentInfo active, long now) {
    long maxAge = value(Setting.SEGMENT_MAX_AGE);
    return maxAge >= 0
        && active.records() > 0
        && now - seen.or(time(active.baseOffset()), active.baseOffset()) > maxAge;
  }

  /** Deletes segments from the oldest on, up to the first that stays. */
  private List<Long> retain(List<SegmentInfo> before, long now) {
    boolean ages = value(Setting.RETENTION_MAX_AGE) >= 0 || value(Setting.SEGMENT_MAX_AGE) >= 0;
    if (ages && earliest < end() && time(end() - 1) - now >= 1000) {
      seen.upTo(end(), now);
    }
    List<Long> gone = new ArrayList<>();
    long bytes = before.stream().mapToLong(SegmentInfo::bytes).sum();
    for (SegmentInfo segment : before) {
      if (segment.records() == 0 || !goes(segment, bytes, now)) {
        break;
      }
      gone.add(segment.baseOffset());
      bytes -= segment.bytes();
      earliest = segment.endOffset();
    }
    return gone;
  }

  private boolean goes(SegmentInfo segment, long bytesFromHere, long now) {
    long maxAge = value(Setting.RETENTION_MAX_AGE);
    long maxBytes = value(Setting.RETENTION_MAX_BYTES);
    boolean processed =
        consumers.values().stream().allMatch(each -> each.offset() >= segment.endOffset());
    boolean held =
        value(Setting.RETENTION_HOLD_UNARCHIVED) == 1
            || (value(Setting.RETENTION_HOLD_UNPROCESSED) == 1 && !processed);
    long last = segment.endOffset() - 1;
    boolean aged = maxAge >= 0 && now - seen.or(time(last), last) > maxAge;
    boolean over = maxBytes >= 0 && segment.sealed() && bytesFromHere > maxBytes;
    boolean done =
        value(Setting.RETENTION_DELETE_PROCESSED) == 1
            && segment.sealed()
            && !consumers.isEmpty()
            && processed;
    return done || (!held && (aged || over));
  }

  /** A setting's value, the default where the log says nothing, -1 for no limit. */
  private long value(Setting setting) {
    Long byDefault = TestDefaults.DEFAULTS.values().get(setting);
    return own.getOrDefault(setting, byDefault == null ? Setting.NO_LIMIT : byDefault);
  }
}
