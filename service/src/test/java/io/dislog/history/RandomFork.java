package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Fork;
import io.dislog.history.Operation.Read;
import java.util.ArrayList;
import java.util.List;

/** A fork of a story's log, made when the story is over, with some records of its own. */
final class RandomFork {

  static final String LOG = "orders-fork";
  private static final int OWN = 5;

  final List<Operation> operations = new ArrayList<>();
  final List<Entry> entries;
  private final long earliest;

  RandomFork(RandomHistory story) {
    long now = story.after().start();
    long offset = story.entries.size();
    long time = story.entries.getLast().time();
    entries = new ArrayList<>(story.entries);
    earliest = story.earliest;
    operations.add(new Fork(call(now), RandomHistory.LOG, offset));
    for (int i = 0; i < OWN; i++) {
      String value = Value.id("fork", i);
      entries.add(new Entry(offset + i, time, value));
      Outcome outcome = new Outcome.At(offset + i, Entry.UNTOLD);
      operations.add(new Append(call(now + 10L * (i + 1)), List.of(value), null, -1, outcome));
    }
    long end = entries.size();
    List<Entry> all = entries.subList((int) earliest, entries.size());
    operations.add(new Read(call(now + 500), true, earliest, end, end, List.copyOf(all)));
  }

  FinalLog last(String node) {
    List<Entry> left = entries.stream().filter(entry -> entry.offset() >= earliest).toList();
    return new FinalLog(node, LOG, earliest, entries.size(), false, left);
  }

  private static Call call(long start) {
    return new Call("forker", "n3", LOG, start, start + 5);
  }
}
