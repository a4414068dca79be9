package io.dislog.shard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log's state beside its records, as its journal keeps it. For the log's one writing thread.
 *
 * <p>Every change returns what undoes it, for a round that could not be written.
 */
final class LogState {

  private long id;
  private LogSettings own = LogSettings.NONE;
  private long earliest;
  private final Map<String, Consumer> consumers = new HashMap<>();
  private final Producers producers = new Producers();
  private final Set<Long> replayedBases = new HashSet<>();
  private long reached;
  private Change.Applied applied = new Change.Applied(0, 0);

  long id() {
    return id;
  }

  LogSettings own() {
    return own;
  }

  long earliest() {
    return earliest;
  }

  Map<String, Consumer> consumers() {
    return consumers;
  }

  Producers producers() {
    return producers;
  }

  /** Up to where it tells of commands that are replayed after a crash; 0 where none are. */
  Change.Applied applied() {
    return applied;
  }

  /** Whether the journal, as it was read, names a producer's batch at this offset. */
  boolean names(long baseOffset) {
    return baseOffset < reached || replayedBases.contains(baseOffset);
  }

  /** The log is open: which batches the journal names is asked no more. */
  void opened() {
    replayedBases.clear();
  }

  /** What changes that were read from a journal make of a log that ends at an offset. */
  static LogState of(List<Change> changes, long endOffset) {
    LogState state = new LogState();
    for (Change change : changes) {
      switch (change) {
        case Change.Trimmed(long before) ->
            state.apply(new Change.Trimmed(Math.min(before, endOffset)));
        case Change.Reached(long end) -> state.apply(new Change.Reached(Math.min(end, endOffset)));
        case Change.Moved(Consumer(String name, long offset, long at)) ->
            state.apply(new Change.Moved(new Consumer(name, Math.min(offset, endOffset), at)));
        case Change.Produced produced -> {
          if (produced.endOffset() <= endOffset) {
            state.replayedBases.add(produced.baseOffset());
            state.apply(change);
          }
        }
        case Change.Created _, Change.Configured _, Change.Forgotten _, Change.Applied _ ->
            state.apply(change);
        case Change.Checkpointed _ -> throw new IllegalArgumentException("no log has a checkpoint");
      }
    }
    return state;
  }

  /** Whether nothing in it lies beyond a log's end. */
  boolean isWithin(long endOffset) {
    return earliest <= endOffset
        && reached <= endOffset
        && consumers.values().stream().allMatch(consumer -> consumer.offset() <= endOffset)
        && producers.isWithin(endOffset);
  }

  /** Makes a change. Returns what undoes it. */
  Runnable apply(Change change) {
    return switch (change) {
      case Change.Created(long newId) -> {
        id = newId;
        yield () -> {};
      }
      case Change.Configured(LogSettings settings) -> {
        LogSettings before = own;
        own = settings;
        yield () -> own = before;
      }
      case Change.Trimmed(long offset) -> {
        long before = earliest;
        earliest = offset;
        yield () -> earliest = before;
      }
      case Change.Reached(long endOffset) -> {
        reached = endOffset;
        yield () -> {};
      }
      case Change.Applied reached -> {
        Change.Applied before = applied;
        applied = reached;
        yield () -> applied = before;
      }
      case Change.Checkpointed _ -> throw new IllegalArgumentException("no log has a checkpoint");
      case Change.Moved(Consumer consumer) ->
          undo(consumer.name(), consumers.put(consumer.name(), consumer));
      case Change.Forgotten(String consumer) -> undo(consumer, consumers.remove(consumer));
      case Change.Produced produced -> producers.remember(produced);
    };
  }

  /**
   * The whole state, as changes of an empty one.
   *
   * @param endOffset of the log that it belongs to
   */
  List<byte[]> encode(long endOffset) {
    List<Change> state = new ArrayList<>();
    state.add(new Change.Created(id));
    state.add(new Change.Configured(own));
    state.add(new Change.Trimmed(earliest));
    state.add(new Change.Reached(endOffset));
    consumers.values().forEach(consumer -> state.add(new Change.Moved(consumer)));
    state.addAll(producers.state());
    if (applied.position() > 0) {
      state.add(applied);
    }
    return state.stream().map(Change::encode).toList();
  }

  private Runnable undo(String name, @Nullable Consumer before) {
    return () -> {
      if (before == null) {
        consumers.remove(name);
      } else {
        consumers.put(name, before);
      }
    };
  }
}
