package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Look;
import io.dislog.history.Operation.Read;
import io.dislog.history.Operation.Trim;
import io.dislog.history.Operation.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Faults of what those were shown who looked, and of trims; each says whether it fits. */
final class ViewFaults {

  private ViewFaults() {}

  static boolean showsWhatDoesNotStay(Story story) {
    Append unknown =
        story.any(
            Append.class, each -> !LogFaults.isPlaced(each) && !LogFaults.isThere(story, each));
    if (unknown == null) {
      return false;
    }
    long end = story.entries.size();
    Entry shown = new Entry(end, 9_999_999, unknown.values().getFirst());
    story.operations.add(new Read(story.after(), false, -1, -1, -1, List.of(shown)));
    return true;
  }

  static boolean showsTwoValuesAtAnOffset(Story story) {
    Read read = story.any(Read.class, each -> each.entries().size() > 1);
    if (read == null) {
      return false;
    }
    List<Entry> entries = new ArrayList<>(read.entries());
    Entry first = entries.getFirst();
    entries.set(0, new Entry(first.offset(), first.time(), entries.get(1).value()));
    story.replace(read, with(read, entries));
    return true;
  }

  static boolean showsHalfABatch(Story story) {
    Append batch =
        story.any(Append.class, each -> each.values().size() > 1 && LogFaults.isPlaced(each));
    if (batch == null) {
      return false;
    }
    Call call = new Call("r", "n1", Story.LOG, 0, batch.call().end());
    story.operations.add(new Read(call, false, -1, LogFaults.base(batch) + 1, -1, List.of()));
    return true;
  }

  static boolean readsThePast(Story story) {
    long end = story.entries.size() - 1L;
    story.operations.add(new Read(story.after(), true, -1, end, -1, List.of()));
    return story.operations.stream()
        .anyMatch(each ->
            each instanceof Append a
                && LogFaults.isPlaced(a)
                && LogFaults.base(a) + a.values().size() > end);
  }

  static boolean saysTooEarlyThatNothingIsThere(Story story) {
    long end = story.entries.size() - 1L;
    story.operations.add(new Read(story.after(), true, -1, -1, end, List.of()));
    return story.operations.stream()
        .anyMatch(each ->
            each instanceof Append a
                && LogFaults.isPlaced(a)
                && LogFaults.base(a) + a.values().size() > end);
  }

  static boolean leavesARecordOut(Story story) {
    Read read = story.any(Read.class, each -> each.entries().size() > 2);
    if (read == null) {
      return false;
    }
    List<Entry> entries = new ArrayList<>(read.entries());
    entries.remove(1);
    story.replace(read, with(read, entries));
    return true;
  }

  static boolean losesAWrite(Story story) {
    Write write = story.any(Write.class, each -> each.outcome() instanceof Outcome.Done);
    if (write == null) {
      return false;
    }
    Call call = story.after();
    Write last = new Write(call, write.register(), "the last", null, new Outcome.Done());
    story.operations.add(last);
    story.operations.add(new Look(story.after(), write.register(), write.value(), true));
    return true;
  }

  static boolean forgetsARegister(Story story) {
    Write write = story.any(Write.class, each -> each.outcome() instanceof Outcome.Done);
    if (write == null) {
      return false;
    }
    story.operations.add(new Look(story.after(), write.register(), null, true));
    return true;
  }

  static boolean inventsAValue(Story story) {
    story.operations.add(new Look(story.after(), "consumer billing", "4711", false));
    return true;
  }

  static boolean undoesATrim(Story story) {
    Trim trim =
        story.any(Trim.class, each -> each.outcome() instanceof Outcome.Done && each.before() > 0);
    if (trim == null) {
      return false;
    }
    story.earliest = trim.before() - 1;
    return true;
  }

  static boolean showsWhatWasTrimmed(Story story) {
    if (story.any(Trim.class, each -> each.outcome() instanceof Outcome.Done && each.before() > 0)
        == null) {
      return false;
    }
    story.operations.add(
        new Read(story.after(), true, -1, -1, -1, List.of(story.entries.getFirst())));
    return true;
  }

  static boolean trimsUnasked(Story story) {
    story.earliest = story.entries.size();
    return story.operations.stream()
        .noneMatch(each ->
            each instanceof Trim trim
                && !(trim.outcome() instanceof Outcome.Refused)
                && trim.before() == story.earliest);
  }

  static boolean showsAFlippedByte(Story story) {
    return shows(story, entry -> new Entry(entry.offset(), entry.time(), "damaged: x"));
  }

  static boolean showsAnotherTime(Story story) {
    return shows(story, entry -> new Entry(entry.offset(), 17, entry.value()));
  }

  static boolean showsWhatNobodySentYet(Story story) {
    return shows(story, entry -> new Entry(entry.offset(), entry.time(), "c9.17"));
  }

  static boolean showsTooFarAnEnd(Story story) {
    long end = story.entries.size() + 3L;
    return story.operations.add(new Read(story.after(), false, -1, end, -1, List.of()));
  }

  /** Shows the last record otherwise than it is. */
  private static boolean shows(Story story, UnaryOperator<Entry> change) {
    Entry last = story.entries.getLast();
    List<Entry> shown = List.of(change.apply(last));
    story.operations.add(new Read(story.after(), false, -1, -1, -1, shown));
    return last.offset() >= story.earliest;
  }

  private static Read with(Read read, List<Entry> entries) {
    return new Read(read.call(), read.fresh(), read.earliest(), read.end(), read.tail(), entries);
  }
}
