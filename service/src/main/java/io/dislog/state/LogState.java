package io.dislog.state;

import io.dislog.command.Consumer;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.Sighting;
import io.dislog.journal.Journal;
import io.dislog.retention.Sightings;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A log's state beside its records, as its journal keeps it. For the log's one writing thread.
 *
 * <p>Every change returns what undoes it, for a round that could not be written.
 */
public final class LogState {

  private long id;
  private LogSettings own = LogSettings.NONE;
  private long earliest;
  private final Map<String, Consumer> consumers = new HashMap<>();
  private final Producers producers = new Producers();
  private Sightings sightings = Sightings.NONE;
  private final Set<Long> namedBases = new HashSet<>();
  private long namedBelow;
  private Change.Mark mark = new Change.Mark(0, 0);
  private LogTraits traits = LogTraits.NONE;
  private LogLife life = LogLife.NEW;
  private Change.@Nullable Sequenced sequence;
  private Change.@Nullable Closed closed;

  /** What a journal's first so many entries make of a log that ends at an offset. */
  public static LogState of(Journal journal, long entries, long end) throws IOException {
    LogState state = new LogState();
    AtomicLong left = new AtomicLong(entries);
    journal.read(entry -> {
      if (left.getAndDecrement() > 0) {
        state.read(Change.decode(entry), end);
      }
    });
    return state;
  }

  public long id() {
    return id;
  }

  public LogSettings own() {
    return own;
  }

  public long earliest() {
    return earliest;
  }

  public Map<String, Consumer> consumers() {
    return consumers;
  }

  public Sightings sightings() {
    return sightings;
  }

  public Producers producers() {
    return producers;
  }

  /** Up to where it tells of commands that are replayed after a crash; 0 where none are. */
  public Change.Mark mark() {
    return mark;
  }

  /** What the log is from its creation on. */
  public LogTraits traits() {
    return traits;
  }

  /** What the last append that had a sequence had, or null. */
  public @Nullable String sequence() {
    return sequence == null ? null : sequence.sequence();
  }

  /** How far the log's life is. */
  public LogLife life() {
    return life;
  }

  /** Whether the journal, as it was read, names a producer's batch at this offset. */
  public boolean names(long baseOffset) {
    return baseOffset < namedBelow || namedBases.contains(baseOffset);
  }

  /** The log is open: which batches the journal names is asked no more. */
  public void opened() {
    namedBases.clear();
  }

  /** Makes a change that was read from the journal of a log that ends at an offset. */
  private void read(Change change, long endOffset) {
    switch (change) {
      case Change.Trimmed(long before) -> apply(new Change.Trimmed(Math.min(before, endOffset)));
      case Change.NamedBelow(long end) -> apply(new Change.NamedBelow(Math.min(end, endOffset)));
      case Change.Moved(Consumer(String name, long offset, long at)) ->
          apply(new Change.Moved(new Consumer(name, Math.min(offset, endOffset), at)));
      case Change.Produced produced ->
          readBatch(produced, produced.baseOffset(), produced.count(), endOffset);
      case Change.Sequenced(String text, long base, int count) ->
          readBatch(new Change.Sequenced(text, base, count), base, count, endOffset);
      case Change.Closed(long base, int count) ->
          readBatch(new Change.Closed(base, count), base, count, endOffset);
      case Change.Together(List<Change> changes) -> changes.forEach(part -> read(part, endOffset));
      case Change.Sighted(Sighting(long active, long end), long at) ->
          apply(new Change.Sighted(new Sighting(active, Math.min(end, endOffset)), at));
      case Change.Created _,
          Change.Configured _,
          Change.Forgotten _,
          Change.Mark _,
          Change.Characterized _,
          Change.Used _,
          Change.Forked _,
          Change.Unforked _,
          Change.Retired _,
          Change.Staged _ ->
          apply(change);
      case Change.Checkpointed _, Change.Passed _ -> throw notOfALog(change);
    }
  }

  /** Makes a change that tells of a batch, if the log has it. */
  private void readBatch(Change change, long baseOffset, int count, long endOffset) {
    if (baseOffset + count <= endOffset) {
      namedBases.add(baseOffset);
      apply(change);
    }
  }

  /** Whether nothing in it lies beyond a log's end. */
  public boolean isWithin(long endOffset) {
    return earliest <= endOffset
        && namedBelow <= endOffset
        && sightings.end() <= endOffset
        && (sequence == null || sequence.endOffset() <= endOffset)
        && (closed == null || closed.endOffset() <= endOffset)
        && consumers.values().stream().allMatch(consumer -> consumer.offset() <= endOffset)
        && producers.isWithin(endOffset);
  }

  /** Makes a change. Returns what undoes it. */
  public Runnable apply(Change change) {
    return switch (change) {
      case Change.Created(long newId) -> forGood(() -> id = newId);
      case Change.Configured(LogSettings settings) -> {
        LogSettings before = own;
        own = settings;
        yield () -> own = before;
      }
      case Change.Trimmed(long offset) -> trim(offset);
      case Change.NamedBelow(long endOffset) -> forGood(() -> namedBelow = endOffset);
      case Change.Mark now -> {
        Change.Mark before = mark;
        mark = now;
        yield () -> mark = before;
      }
      case Change.Sighted(Sighting(long active, long end), long at) ->
          see(sightings.and(active, end, at));
      case Change.Checkpointed _, Change.Passed _ -> throw notOfALog(change);
      case Change.Moved(Consumer consumer) ->
          undo(consumers, consumer.name(), consumers.put(consumer.name(), consumer));
      case Change.Forgotten(String consumer) ->
          undo(consumers, consumer, consumers.remove(consumer));
      case Change.Produced produced -> producers.remember(produced);
      case Change.Characterized(LogTraits now) -> forGood(() -> traits = now);
      case Change.Used(long at) -> live(life.withUse(at));
      case Change.Sequenced now -> {
        Change.Sequenced before = sequence;
        sequence = now;
        yield () -> sequence = before;
      }
      case Change.Closed now -> close(now);
      case Change.Forked(String fork, long at) -> live(life.withFork(fork, at));
      case Change.Unforked(String fork) -> live(life.withoutFork(fork));
      case Change.Retired() -> live(life.withRetired());
      case Change.Staged(boolean isStaged) -> live(life.withStaged(isStaged));
      case Change.Together(List<Change> changes) -> applyAll(changes);
    };
  }

  private static Runnable forGood(Runnable change) {
    change.run();
    return () -> {};
  }

  private Runnable close(Change.Closed now) {
    Change.Closed before = closed;
    closed = now;
    Runnable reopen = live(life.withClosed());
    return () -> {
      closed = before;
      reopen.run();
    };
  }

  private Runnable live(LogLife after) {
    LogLife before = life;
    life = after;
    return () -> life = before;
  }

  private Runnable applyAll(List<Change> changes) {
    List<Runnable> undo = changes.stream().map(this::apply).toList();
    return () -> undo.reversed().forEach(Runnable::run);
  }

  private Runnable trim(long offset) {
    long before = earliest;
    earliest = offset;
    Runnable unseen = see(sightings.from(offset));
    return () -> {
      earliest = before;
      unseen.run();
    };
  }

  private Runnable see(Sightings after) {
    Sightings before = sightings;
    sightings = after;
    return () -> sightings = before;
  }

  private static IllegalArgumentException notOfALog(Change change) {
    return new IllegalArgumentException("no log has " + change);
  }

  /**
   * The whole state, as changes of an empty one; each is encoded when it is asked for, so that all
   * of them are never in memory.
   *
   * @param endOffset of the log that it belongs to
   */
  public Iterable<byte[]> encode(long endOffset) {
    return () -> changes(endOffset).map(Change::encode).iterator();
  }

  private Stream<Change> changes(long endOffset) {
    Stream<Change> begin =
        Stream.of(
            new Change.Created(id),
            new Change.Configured(own),
            new Change.Trimmed(earliest),
            new Change.NamedBelow(endOffset));
    Stream<Change> moved = consumers.values().stream().map(Change.Moved::new);
    Stream<Change> sighted =
        sightings.byEnd().entrySet().stream()
            .map(seen ->
                new Change.Sighted(new Sighting(seen.getKey(), seen.getKey()), seen.getValue()));
    Stream<Change> finite =
        Stream.<@Nullable Change>of(
                traits.equals(LogTraits.NONE) ? null : new Change.Characterized(traits),
                life.usedAt() == 0 ? null : new Change.Used(life.usedAt()),
                sequence,
                closed,
                life.staged() ? new Change.Staged(true) : null,
                life.retired() ? new Change.Retired() : null)
            .filter(Objects::nonNull);
    Stream<Change> forked =
        new TreeMap<>(life.forks())
            .entrySet().stream().map(fork -> new Change.Forked(fork.getKey(), fork.getValue()));
    Stream<Change> marked = mark.position() > 0 ? Stream.of(mark) : Stream.empty();
    // Not flatMap: an iterator over that gathers all of each of the streams first.
    return Stream.concat(
        Stream.concat(begin, Stream.concat(Stream.concat(finite, forked), moved)),
        Stream.concat(producers.state(), Stream.concat(sighted, marked)));
  }

  private static <T> Runnable undo(Map<String, T> map, String name, @Nullable T before) {
    return () -> {
      if (before == null) {
        map.remove(name);
      } else {
        map.put(name, before);
      }
    };
  }
}
