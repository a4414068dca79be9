package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Consumer;
import io.dislog.command.Durability;
import io.dislog.command.LogSettings;
import io.dislog.command.OffsetSpec;
import io.dislog.log.Extent;
import io.dislog.log.Record;
import io.dislog.log.RecordRange;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a log has acknowledged, and what it may have done without saying so: what is read back is
 * held against it.
 */
final class ExpectedLog {

  private final List<StoredRecord> records = new ArrayList<>();
  private final Map<String, Long> consumers = new TreeMap<>();
  private final Map<String, Acknowledged> producers = new TreeMap<>();
  private final List<Command<?>> inDoubt = new ArrayList<>();
  private LogSettings own;
  private long earliest;
  private long forcedEnd;
  private boolean forced = true;
  private boolean closed;
  private final List<Record> content;

  /**
   * @param content that the log begins with, once it is there
   */
  ExpectedLog(LogSettings own, List<Record> content) {
    this.own = own;
    this.content = content;
  }

  /** The log was created, or turned out to be. */
  void created(LogView log) throws IOException {
    if (!content.isEmpty()) {
      add(content, log.read(0).time());
    }
  }

  boolean isClosed() {
    return closed;
  }

  long earliest() {
    return earliest;
  }

  long end() {
    return records.size();
  }

  Map<String, Acknowledged> producers() {
    return producers;
  }

  /** What is acknowledged from now on is durable, or is not, from that offset on. */
  void forces(LogView log, long from) {
    boolean nowForced = log.config().durability() == Durability.FSYNC;
    if (forced && !nowForced) {
      forcedEnd = from;
    }
    forced = nowForced;
  }

  /** The command was acknowledged with this answer. */
  void acknowledged(Command<?> command, Object answer, LogView log) {
    switch (command) {
      case Append append -> appended(append, (Appended) answer);
      case Command.Trim(long before) -> earliest = Math.max(earliest, before);
      case Command.ApplyRetention _ -> earliest = Math.max(earliest, log.extent().earliestOffset());
      case Command.Configure(var patch) -> own = own.patched(patch);
      case Command.MoveConsumer(String name, var to, var ifAt) ->
          consumers.put(name, ((Command.ConsumerMove) answer).consumer().offset());
      case Command.DeleteConsumer(String name) -> consumers.remove(name);
      case Command.Close _ -> closed = true;
      default -> {}
    }
  }

  /** The command failed in a way that leaves open whether it was done. */
  void doubt(Command<?> command) {
    inDoubt.add(command);
  }

  /**
   * Holds a log that was just opened against the book, and enters what it finds.
   *
   * @return whether the log may have lost what it acknowledged
   */
  boolean check(LogView log, boolean powerWasCut) throws IOException {
    assertThat(log.failure()).as("failure").isNull();
    Extent extent = log.extent();
    boolean mayLose = powerWasCut && !forced;
    if (mayLose) {
      assertThat(extent.endOffset()).as("end").isGreaterThanOrEqualTo(forcedEnd);
      records.subList((int) Math.min(extent.endOffset(), end()), records.size()).clear();
      assertThat(extent.isEmpty() || !records.getLast().batchGoesOn()).as("whole").isTrue();
    }
    checkEarliest(extent, mayLose);
    checkRecords(log, extent);
    checkConsumers(log, mayLose);
    checkClosed(log, mayLose);
    if (!mayLose && inDoubt.stream().noneMatch(Command.Configure.class::isInstance)) {
      assertThat(log.own()).as("settings").isEqualTo(own);
    }
    own = log.own();
    earliest = extent.earliestOffset();
    forced = true;
    forces(log, end());
    if (mayLose) {
      producers.clear();
    }
    return mayLose;
  }

  /** Takes the commands out of the book that may have been done or not. */
  List<Command<?>> resolve() {
    List<Command<?>> taken = List.copyOf(inDoubt);
    inDoubt.clear();
    return taken;
  }

  /** Reads everything and holds it against what was acknowledged, nothing being in doubt. */
  void checkShown(LogView log) throws IOException {
    assertThat(log.extent().endOffset()).as("end offset").isEqualTo(end());
    assertThat(log.extent().earliestOffset()).as("earliest offset").isEqualTo(earliest);
    List<StoredRecord> found = read(log, earliest, end());
    assertThat(found).isEqualTo(records.subList((int) earliest, (int) end()));
  }

  private void appended(Append append, Appended answer) {
    if (answer.duplicate()) {
      for (int i = 0; i < answer.count() && answer.baseOffset() >= earliest; i++) {
        assertThat(records.get((int) answer.baseOffset() + i).record())
            .as("record that a duplicate is of")
            .isEqualTo(append.records().get(i));
      }
    } else {
      assertThat(answer.baseOffset()).as("base offset").isEqualTo(end());
      closed |= append.closes();
      add(append.records(), answer.time());
    }
    if (append.producer() != null) {
      producers.put(append.producer().id(), new Acknowledged(append, answer));
    }
  }

  private void add(List<Record> batch, long time) {
    assertThat(records.isEmpty() ? 0 : records.getLast().time())
        .as("time of the record before")
        .isLessThanOrEqualTo(time);
    for (int i = 0; i < batch.size(); i++) {
      records.add(new StoredRecord(end(), time, i + 1 < batch.size(), batch.get(i)));
    }
  }

  private void checkEarliest(Extent extent, boolean mayLose) {
    long most = earliest;
    for (Command<?> command : inDoubt) {
      most =
          switch (command) {
            case Command.Trim(long before) -> Math.max(most, before);
            case Command.ApplyRetention _ -> Long.MAX_VALUE;
            default -> most;
          };
    }
    assertThat(extent.earliestOffset())
        .as("earliest offset")
        .isBetween(mayLose ? 0 : Math.min(earliest, end()), Math.min(most, extent.endOffset()));
  }

  /** A last batch is there with the closing, or neither is. */
  private void checkClosed(LogView log, boolean mayLose) {
    if (!mayLose && inDoubt.stream().noneMatch(Command.Close.class::isInstance)) {
      assertThat(log.closed()).as("closed").isEqualTo(closed);
    }
    closed = log.closed();
  }

  private void checkRecords(LogView log, Extent extent) throws IOException {
    long from = extent.earliestOffset();
    long acknowledgedEnd = end();
    assertThat(extent.endOffset()).as("end offset").isGreaterThanOrEqualTo(end());
    if (from < end()) {
      assertThat(read(log, from, end())).isEqualTo(records.subList((int) from, (int) end()));
    }
    List<StoredRecord> more = read(log, Math.max(from, end()), extent.endOffset());
    if (from > end()) { // A trim in doubt went through, and took what was in doubt before it.
      addTrimmed(from);
    }
    int next = from > acknowledgedEnd ? restOfTrimmed(more) : 0;
    for (Command<?> command : inDoubt) {
      if (command instanceof Append append && startsWith(more, next, append)) {
        closed |= append.closes();
        add(append.records(), more.get(next).time());
        next += append.records().size();
      }
    }
    assertThat(more.subList(next, more.size())).as("records that nobody appended").isEmpty();
    Set<Record> unique = new HashSet<>();
    for (StoredRecord record : records) {
      assertThat(record.record().valueSize() == 0 || unique.add(record.record()))
          .as("record %s stands once", record)
          .isTrue();
    }
  }

  /** What stood there is not known: it was never acknowledged, and is trimmed. */
  private void addTrimmed(long before) {
    long time = records.isEmpty() ? 0 : records.getLast().time();
    while (end() < before) {
      records.add(new StoredRecord(end(), time, false, Record.of(new byte[0])));
    }
  }

  /** Retention in doubt may have taken the first records of a batch in doubt. */
  private int restOfTrimmed(List<StoredRecord> more) {
    for (Command<?> command : inDoubt) {
      if (command instanceof Append append) {
        for (int from = 1; from < append.records().size(); from++) {
          List<Record> rest = append.records().subList(from, append.records().size());
          Append part = new Append(rest, null, null, 0);
          if (startsWith(more, 0, part)) {
            add(rest, more.getFirst().time());
            return rest.size();
          }
        }
      }
    }
    return 0;
  }

  private boolean startsWith(List<StoredRecord> more, int at, Append append) {
    int count = append.records().size();
    if (at + count > more.size()) {
      return false;
    }
    List<Record> there = more.subList(at, at + count).stream().map(StoredRecord::record).toList();
    return there.equals(append.records()) && !more.get(at + count - 1).batchGoesOn();
  }

  private void checkConsumers(LogView log, boolean mayLose) {
    Set<String> names = new HashSet<>(consumers.keySet());
    log.consumers().forEach(consumer -> names.add(consumer.name()));
    for (String name : names) {
      Consumer consumer = log.consumer(name);
      Long found = consumer == null ? null : (Long) consumer.offset();
      assertThat(mayLose || mayStandAt(name, found, log.extent()))
          .as("consumer %s at %s, acknowledged at %s", name, found, consumers.get(name))
          .isTrue();
      assertThat(found == null ? 0 : found).isLessThanOrEqualTo(log.extent().endOffset());
    }
    consumers.clear();
    log.consumers().forEach(consumer -> consumers.put(consumer.name(), consumer.offset()));
  }

  private boolean mayStandAt(String name, @Nullable Long found, Extent extent) {
    Long before = consumers.get(name);
    boolean may = before == null ? found == null : before.equals(found);
    for (Command<?> command : inDoubt) {
      may |=
          switch (command) {
            case Command.DeleteConsumer(String deleted) -> deleted.equals(name) && found == null;
            case Command.MoveConsumer(String moved, OffsetSpec.At(long at), var ifAt) ->
                moved.equals(name) && found != null && found == Math.min(at, extent.endOffset());
            case Command.MoveConsumer(String moved, var to, var ifAt) ->
                moved.equals(name) && found != null;
            default -> false;
          };
    }
    return may;
  }

  private static List<StoredRecord> read(LogView log, long from, long to) throws IOException {
    List<StoredRecord> found = new ArrayList<>();
    long next = from;
    while (next < to) {
      try (RecordRange range = log.range(next, (int) Math.min(to - next, 50), 20_000)) {
        assertThat(range.count()).isPositive();
        for (var record = range.next(); record != null; record = range.next()) {
          found.add(record);
        }
        next = range.nextOffset();
      }
    }
    return found;
  }

  /** A producer's last acknowledged request. */
  record Acknowledged(Append append, Appended answer) {}
}
