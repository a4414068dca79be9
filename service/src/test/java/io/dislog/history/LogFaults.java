package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Read;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Faults of a log and of what those were told who appended to it; each says whether it fits. */
final class LogFaults {

  private LogFaults() {}

  static boolean losesAnAcknowledgedAppend(RandomHistory history) {
    Append append = acknowledged(history);
    if (append == null) {
      return false;
    }
    long base = base(append);
    int size = append.values().size();
    return remove(history, base, size);
  }

  static boolean losesTheEnd(RandomHistory history) {
    Entry last = history.entries.getLast();
    Append append =
        history.any(Append.class, each -> isPlaced(each) && each.values().contains(last.value()));
    if (append == null || last.offset() < history.earliest) {
      return false;
    }
    history.entries.removeLast();
    return true;
  }

  static boolean flipsAByte(RandomHistory history) {
    return put(history, entry -> new Entry(entry.offset(), entry.time(), "damaged: x"));
  }

  static boolean changesATime(RandomHistory history) {
    Append append = acknowledged(history);
    if (append == null) {
      return false;
    }
    history.replace(append, with(append, new Outcome.At(base(append), 17)));
    return true;
  }

  static boolean appendsTwice(RandomHistory history) {
    return again(
        history, history.any(Append.class, each -> each.turn() == null && isThere(history, each)));
  }

  static boolean appendsARepeat(RandomHistory history) {
    return again(
        history, history.any(Append.class, each -> each.turn() != null && isThere(history, each)));
  }

  static boolean answersARepeatWithAnotherPlace(RandomHistory history) {
    Append append = history.any(Append.class, each -> each.turn() != null && isPlaced(each));
    if (append == null) {
      return false;
    }
    Outcome other = new Outcome.At(base(append) + 7, 1);
    history.operations.add(new Append(history.after(), append.values(), append.turn(), -1, other));
    return true;
  }

  static boolean forgetsAProducer(RandomHistory history) {
    Append append = history.any(Append.class, each -> each.turn() != null && isPlaced(each));
    if (append == null) {
      return false;
    }
    history.replace(append, with(append, new Outcome.Refused("sequence-gap")));
    return true;
  }

  static boolean swapsTwoAppends(RandomHistory history) {
    for (int i = history.entries.size() - 1; i > history.earliest; i--) {
      Entry one = history.entries.get(i - 1);
      Entry two = history.entries.get(i);
      if (isAcknowledged(history, one) && isAcknowledged(history, two)) {
        history.entries.set(i - 1, new Entry(i - 1, one.time(), two.value()));
        history.entries.set(i, new Entry(i, two.time(), one.value()));
        return true;
      }
    }
    return false;
  }

  static boolean appendsIntoThePast(RandomHistory history) {
    Append append = acknowledged(history);
    if (append == null || base(append) + append.values().size() >= history.entries.size()) {
      return false;
    }
    // A reader had been shown the end before the append began.
    Call call = append.call();
    Call before = new Call("early", "n2", RandomHistory.LOG, 0, call.start() - 1);
    history.operations.add(new Read(before, true, 0, base(append) + 1, -1, List.of()));
    return true;
  }

  static boolean letsTimeGoBack(RandomHistory history) {
    return put(history, entry -> new Entry(entry.offset(), 5, entry.value()));
  }

  static boolean tearsABatch(RandomHistory history) {
    // At the end, where nothing is missing after it but the rest of the batch.
    Append batch =
        history.any(Append.class, each -> each.values().size() > 1 && !isThere(history, each));
    if (batch == null || isPlaced(batch)) {
      return false;
    }
    long time = history.entries.getLast().time();
    history.entries.add(new Entry(history.entries.size(), time, batch.values().getFirst()));
    return true;
  }

  static boolean showsWhatNobodySent(RandomHistory history) {
    return put(history, entry -> new Entry(entry.offset(), entry.time(), "c9.17"));
  }

  static boolean takesAtAnotherEnd(RandomHistory history) {
    Append append = acknowledged(history);
    if (append == null) {
      return false;
    }
    history.replace(
        append,
        new Append(append.call(), append.values(), null, base(append) + 1, append.outcome()));
    return true;
  }

  static boolean doesWhatItRefused(RandomHistory history) {
    Append append = acknowledged(history);
    if (append == null || !isThere(history, append)) {
      return false;
    }
    history.replace(append, with(append, new Outcome.Refused("offset-mismatch")));
    return true;
  }

  static boolean leavesAnOffsetOut(RandomHistory history) {
    int size = history.entries.size();
    if (size < history.earliest + 3) {
      return false;
    }
    history.entries.remove(size - 2);
    return true;
  }

  static boolean endsTooSoon(RandomHistory history) {
    history.overshoot = 1;
    return true;
  }

  /** Some append that was acknowledged, is not numbered and was not trimmed. */
  static @Nullable Append acknowledged(RandomHistory history) {
    return history.any(
        Append.class,
        each -> each.turn() == null && isPlaced(each) && base(each) >= history.earliest);
  }

  static boolean isPlaced(Append append) {
    return append.outcome() instanceof Outcome.At;
  }

  static long base(Append append) {
    return append.outcome() instanceof Outcome.At(long base, long time) ? base : -1;
  }

  static Append with(Append append, Outcome outcome) {
    return new Append(append.call(), append.values(), append.turn(), append.expected(), outcome);
  }

  /** Whether the log has it, whatever its client knows. */
  static boolean isThere(RandomHistory history, Append append) {
    return history.entries.stream().anyMatch(each -> append.values().contains(each.value()));
  }

  /** Whether its append was acknowledged and it was not trimmed. */
  private static boolean isAcknowledged(RandomHistory history, Entry entry) {
    return entry.offset() >= history.earliest
        && history.any(
                Append.class, each -> isPlaced(each) && each.values().contains(entry.value()))
            != null;
  }

  private static boolean again(RandomHistory history, @Nullable Append append) {
    if (append == null) {
      return false;
    }
    long time = history.entries.getLast().time();
    for (String value : append.values()) {
      history.entries.add(new Entry(history.entries.size(), time, value));
    }
    return true;
  }

  /** Takes records out of the log, and moves those after them up. */
  private static boolean remove(RandomHistory history, long base, int size) {
    if (base < history.earliest) {
      return false;
    }
    history.entries.subList((int) base, (int) base + size).clear();
    for (int i = (int) base; i < history.entries.size(); i++) {
      Entry entry = history.entries.get(i);
      history.entries.set(i, new Entry(i, entry.time(), entry.value()));
    }
    return true;
  }

  /** Puts another record in the place of one that is not the first. */
  private static boolean put(RandomHistory history, UnaryOperator<Entry> change) {
    int first = (int) history.earliest + 1;
    if (first >= history.entries.size()) {
      return false;
    }
    int which = first + history.random.nextInt(history.entries.size() - first);
    history.entries.set(which, change.apply(history.entries.get(which)));
    return true;
  }
}
