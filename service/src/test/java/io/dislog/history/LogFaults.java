package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Read;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Faults of a log and of what those were told who appended to it; each says whether it fits. */
final class LogFaults {

  private LogFaults() {}

  static boolean losesAnAcknowledgedAppend(Story story) {
    Append append = acknowledged(story);
    if (append == null) {
      return false;
    }
    long base = base(append);
    int size = append.values().size();
    return remove(story, base, size);
  }

  static boolean losesTheEnd(Story story) {
    Entry last = story.entries.getLast();
    Append append =
        story.any(Append.class, each -> isPlaced(each) && each.values().contains(last.value()));
    if (append == null || last.offset() < story.earliest) {
      return false;
    }
    story.entries.removeLast();
    return true;
  }

  static boolean flipsAByte(Story story) {
    return put(story, entry -> new Entry(entry.offset(), entry.time(), "damaged: x"));
  }

  static boolean changesATime(Story story) {
    Append append = acknowledged(story);
    if (append == null) {
      return false;
    }
    story.replace(append, with(append, new Outcome.At(base(append), 17)));
    return true;
  }

  static boolean appendsTwice(Story story) {
    return again(
        story, story.any(Append.class, each -> each.turn() == null && isThere(story, each)));
  }

  static boolean appendsARepeat(Story story) {
    return again(
        story, story.any(Append.class, each -> each.turn() != null && isThere(story, each)));
  }

  static boolean answersARepeatWithAnotherPlace(Story story) {
    Append append = story.any(Append.class, each -> each.turn() != null && isPlaced(each));
    if (append == null) {
      return false;
    }
    Outcome other = new Outcome.At(base(append) + 7, 1);
    story.operations.add(new Append(story.after(), append.values(), append.turn(), -1, other));
    return true;
  }

  static boolean forgetsAProducer(Story story) {
    Append append = story.any(Append.class, each -> each.turn() != null && isPlaced(each));
    if (append == null) {
      return false;
    }
    story.replace(append, with(append, new Outcome.Refused("sequence-gap")));
    return true;
  }

  static boolean swapsTwoAppends(Story story) {
    for (int i = story.entries.size() - 1; i > story.earliest; i--) {
      Entry one = story.entries.get(i - 1);
      Entry two = story.entries.get(i);
      if (isAcknowledged(story, one) && isAcknowledged(story, two)) {
        story.entries.set(i - 1, new Entry(i - 1, one.time(), two.value()));
        story.entries.set(i, new Entry(i, two.time(), one.value()));
        return true;
      }
    }
    return false;
  }

  static boolean appendsIntoThePast(Story story) {
    Append append = acknowledged(story);
    if (append == null || base(append) + append.values().size() >= story.entries.size()) {
      return false;
    }
    // A reader had been shown the end before the append began.
    Call call = append.call();
    Call before = new Call("early", "n2", Story.LOG, 0, call.start() - 1);
    story.operations.add(new Read(before, true, 0, base(append) + 1, -1, List.of()));
    return true;
  }

  static boolean letsTimeGoBack(Story story) {
    return put(story, entry -> new Entry(entry.offset(), 5, entry.value()));
  }

  static boolean tearsABatch(Story story) {
    // At the end, where nothing is missing after it but the rest of the batch.
    Append batch =
        story.any(Append.class, each -> each.values().size() > 1 && !isThere(story, each));
    if (batch == null || isPlaced(batch)) {
      return false;
    }
    long time = story.entries.getLast().time();
    story.entries.add(new Entry(story.entries.size(), time, batch.values().getFirst()));
    return true;
  }

  static boolean showsWhatNobodySent(Story story) {
    return put(story, entry -> new Entry(entry.offset(), entry.time(), "c9.17"));
  }

  static boolean takesAtAnotherEnd(Story story) {
    Append append = acknowledged(story);
    if (append == null) {
      return false;
    }
    story.replace(
        append,
        new Append(append.call(), append.values(), null, base(append) + 1, append.outcome()));
    return true;
  }

  static boolean doesWhatItRefused(Story story) {
    Append append = acknowledged(story);
    if (append == null || !isThere(story, append)) {
      return false;
    }
    story.replace(append, with(append, new Outcome.Refused("offset-mismatch")));
    return true;
  }

  static boolean leavesAnOffsetOut(Story story) {
    int size = story.entries.size();
    if (size < story.earliest + 3) {
      return false;
    }
    story.entries.remove(size - 2);
    return true;
  }

  static boolean endsTooSoon(Story story) {
    story.overshoot = 1;
    return true;
  }

  /** Some append that was acknowledged, is not numbered and was not trimmed. */
  static @Nullable Append acknowledged(Story story) {
    return story.any(
        Append.class,
        each -> each.turn() == null && isPlaced(each) && base(each) >= story.earliest);
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
  static boolean isThere(Story story, Append append) {
    return story.entries.stream().anyMatch(each -> append.values().contains(each.value()));
  }

  /** Whether its append was acknowledged and it was not trimmed. */
  private static boolean isAcknowledged(Story story, Entry entry) {
    return entry.offset() >= story.earliest
        && story.any(Append.class, each -> isPlaced(each) && each.values().contains(entry.value()))
            != null;
  }

  private static boolean again(Story story, @Nullable Append append) {
    if (append == null) {
      return false;
    }
    long time = story.entries.getLast().time();
    for (String value : append.values()) {
      story.entries.add(new Entry(story.entries.size(), time, value));
    }
    return true;
  }

  /** Takes records out of the log, and moves those after them up. */
  private static boolean remove(Story story, long base, int size) {
    if (base < story.earliest) {
      return false;
    }
    story.entries.subList((int) base, (int) base + size).clear();
    for (int i = (int) base; i < story.entries.size(); i++) {
      Entry entry = story.entries.get(i);
      story.entries.set(i, new Entry(i, entry.time(), entry.value()));
    }
    return true;
  }

  /** Puts another record in the place of one that is not the first. */
  private static boolean put(Story story, UnaryOperator<Entry> change) {
    int first = (int) story.earliest + 1;
    if (first >= story.entries.size()) {
      return false;
    }
    int which = first + story.random.nextInt(story.entries.size() - first);
    story.entries.set(which, change.apply(story.entries.get(which)));
    return true;
  }
}
