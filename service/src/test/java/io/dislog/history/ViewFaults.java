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

  static boolean showsWhatDoesNotStay(RandomHistory history) {
    Append unknown =
        history.any(
            Append.class, each -> !LogFaults.isPlaced(each) && !LogFaults.isThere(history, each));
    if (unknown == null) {
      return false;
    }
    long end = history.entries.size();
    Entry shown = new Entry(end, 9_999_999, unknown.values().getFirst());
    history.operations.add(new Read(history.after(), false, -1, -1, -1, List.of(shown)));
    return true;
  }

  static boolean showsTwoValuesAtAnOffset(RandomHistory history) {
    Read read = history.any(Read.class, each -> each.entries().size() > 1);
    if (read == null) {
      return false;
    }
    List<Entry> entries = new ArrayList<>(read.entries());
    Entry first = entries.getFirst();
    entries.set(0, new Entry(first.offset(), first.time(), entries.get(1).value()));
    history.replace(read, with(read, entries));
    return true;
  }

  static boolean showsHalfABatch(RandomHistory history) {
    Append batch =
        history.any(Append.class, each -> each.values().size() > 1 && LogFaults.isPlaced(each));
    if (batch == null) {
      return false;
    }
    Call call = new Call("r", "n1", RandomHistory.LOG, 0, batch.call().end());
    history.operations.add(new Read(call, false, -1, LogFaults.base(batch) + 1, -1, List.of()));
    return true;
  }

  static boolean readsThePast(RandomHistory history) {
    long end = history.entries.size() - 1L;
    history.operations.add(new Read(history.after(), true, -1, end, -1, List.of()));
    return history.operations.stream()
        .anyMatch(each ->
            each instanceof Append a
                && LogFaults.isPlaced(a)
                && LogFaults.base(a) + a.values().size() > end);
  }

  static boolean saysTooEarlyThatNothingIsThere(RandomHistory history) {
    long end = history.entries.size() - 1L;
    history.operations.add(new Read(history.after(), true, -1, -1, end, List.of()));
    return history.operations.stream()
        .anyMatch(each ->
            each instanceof Append a
                && LogFaults.isPlaced(a)
                && LogFaults.base(a) + a.values().size() > end);
  }

  static boolean leavesARecordOut(RandomHistory history) {
    Read read = history.any(Read.class, each -> each.entries().size() > 2);
    if (read == null) {
      return false;
    }
    List<Entry> entries = new ArrayList<>(read.entries());
    entries.remove(1);
    history.replace(read, with(read, entries));
    return true;
  }

  static boolean losesAWrite(RandomHistory history) {
    Write write = history.any(Write.class, each -> each.outcome() instanceof Outcome.Done);
    if (write == null) {
      return false;
    }
    Call call = history.after();
    Write last = new Write(call, write.register(), "the last", null, new Outcome.Done());
    history.operations.add(last);
    history.operations.add(new Look(history.after(), write.register(), write.value(), true));
    return true;
  }

  static boolean forgetsARegister(RandomHistory history) {
    Write write = history.any(Write.class, each -> each.outcome() instanceof Outcome.Done);
    if (write == null) {
      return false;
    }
    history.operations.add(new Look(history.after(), write.register(), null, true));
    return true;
  }

  static boolean inventsAValue(RandomHistory history) {
    history.operations.add(new Look(history.after(), "consumer billing", "4711", false));
    return true;
  }

  static boolean undoesATrim(RandomHistory history) {
    Trim trim =
        history.any(
            Trim.class, each -> each.outcome() instanceof Outcome.Done && each.before() > 0);
    if (trim == null) {
      return false;
    }
    history.earliest = trim.before() - 1;
    return true;
  }

  static boolean showsWhatWasTrimmed(RandomHistory history) {
    if (history.any(Trim.class, each -> each.outcome() instanceof Outcome.Done && each.before() > 0)
        == null) {
      return false;
    }
    history.operations.add(
        new Read(history.after(), true, -1, -1, -1, List.of(history.entries.getFirst())));
    return true;
  }

  static boolean trimsUnasked(RandomHistory history) {
    history.earliest = history.entries.size();
    return history.operations.stream()
        .noneMatch(each ->
            each instanceof Trim trim
                && !(trim.outcome() instanceof Outcome.Refused)
                && trim.before() == history.earliest);
  }

  static boolean showsAFlippedByte(RandomHistory history) {
    return shows(history, entry -> new Entry(entry.offset(), entry.time(), "damaged: x"));
  }

  static boolean showsAnotherTime(RandomHistory history) {
    return shows(history, entry -> new Entry(entry.offset(), 17, entry.value()));
  }

  static boolean showsWhatNobodySentYet(RandomHistory history) {
    return shows(history, entry -> new Entry(entry.offset(), entry.time(), "c9.17"));
  }

  static boolean showsTooFarAnEnd(RandomHistory history) {
    long end = history.entries.size() + 3L;
    return history.operations.add(new Read(history.after(), false, -1, end, -1, List.of()));
  }

  /** Shows the last record otherwise than it is. */
  private static boolean shows(RandomHistory history, UnaryOperator<Entry> change) {
    Entry last = history.entries.getLast();
    List<Entry> shown = List.of(change.apply(last));
    history.operations.add(new Read(history.after(), false, -1, -1, -1, shown));
    return last.offset() >= history.earliest;
  }

  private static Read with(Read read, List<Entry> entries) {
    return new Read(read.call(), read.fresh(), read.earliest(), read.end(), read.tail(), entries);
  }
}
