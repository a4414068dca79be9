package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Close;
import io.dislog.history.Operation.Closure;
import io.dislog.history.Operation.Fork;
import io.dislog.history.Operation.Read;
import io.dislog.history.Operation.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults of closed logs, of forks, and of readers who go on; each says whether it fits. */
final class CloseFaults {

  private CloseFaults() {}

  static boolean forgetsThatItIsClosed(RandomHistory history) {
    boolean known = acknowledged(history) != null;
    history.closed = false;
    return known;
  }

  static boolean takesMoreAfterItsEnd(RandomHistory history) {
    if (acknowledged(history) == null) {
      return false;
    }
    Call call = history.after();
    long end = history.entries.size();
    long time = history.entries.getLast().time();
    String value = Value.id("late", 1);
    history.entries.add(new Entry(end, time, value));
    return history.operations.add(
        new Append(call, List.of(value), null, -1, new Outcome.At(end, time)));
  }

  static boolean movesItsEnd(RandomHistory history) {
    long end = history.entries.size() - 1L;
    history.operations.add(new Closure(history.after(), false, true, end));
    return history.closed;
  }

  static boolean showsItOpenAgain(RandomHistory history) {
    history.operations.add(new Closure(history.after(), true, false, -1));
    return acknowledged(history) != null;
  }

  static boolean closesUnasked(RandomHistory history) {
    boolean open = !history.closed;
    history.closed = true;
    return open;
  }

  static boolean showsItClosedUnasked(RandomHistory history) {
    long end = history.entries.size();
    history.operations.add(new Closure(history.after(), false, true, end));
    return !history.closed;
  }

  /** It takes the last append and is not closed, though nobody was told that it is. */
  static boolean takesTheLastWithoutClosing(RandomHistory history) {
    Close close = history.any(Close.class, each -> !each.last().isEmpty());
    if (close == null) {
      return false;
    }
    history.replace(close, new Close(close.call(), close.last(), new Outcome.Unknown()));
    history.operations.removeIf(Closure.class::isInstance);
    history.closed = false;
    return true;
  }

  static boolean closesWithoutTheLast(RandomHistory history) {
    if (history.closed) {
      return false;
    }
    List<String> last = List.of(Value.id("closer", 9_999));
    Call call = history.after();
    history.operations.add(new Append(call, last, null, -1, new Outcome.Unknown()));
    history.operations.add(new Close(call, last, new Outcome.Unknown()));
    history.closed = true;
    return true;
  }

  static boolean losesWhatItSaidIsThere(RandomHistory history) {
    Call call = history.after();
    List<String> values = List.of(Value.id("late", 1));
    return history.operations.add(new Append(call, values, null, -1, new Outcome.Done()));
  }

  static boolean skipsOnTheWay(RandomHistory history) {
    Step step = history.any(Step.class, each -> each.count() > 1);
    if (step == null) {
      return false;
    }
    history.replace(step, new Step(step.call(), step.from(), step.count(), step.next() + 1));
    return true;
  }

  static boolean repeatsOnTheWay(RandomHistory history) {
    Step step = history.any(Step.class, each -> each.count() > 1);
    if (step == null) {
      return false;
    }
    history.replace(step, new Step(step.call(), step.from(), step.count(), step.next() - 1));
    return true;
  }

  static boolean forksSomethingElse(RandomHistory history) {
    int which = (int) history.earliest;
    if (which >= history.entries.size()) {
      return false;
    }
    Entry other = new Entry(which, 5, history.fork.entries.getLast().value());
    history.fork.entries.set(which, other);
    return true;
  }

  static boolean forksTooLittle(RandomHistory history) {
    history.fork.entries.subList(history.entries.size() - 1, history.fork.entries.size()).clear();
    return true;
  }

  /** Records that the source got after it was forked. */
  static boolean forksTooMuch(RandomHistory history) {
    String value = history.entries.getLast().value();
    if (history.any(Append.class, each -> each.values().getFirst().equals(value)) == null) {
      return false; // What is forked of a batch is forked with the rest.
    }
    long last = history.entries.size() - 1L;
    history.fork.operations.removeIf(each -> each instanceof Fork || each instanceof Read);
    Call call = new Call("forker", "n3", RandomFork.LOG, 1, history.after().start());
    history.fork.operations.add(new Fork(call, RandomHistory.LOG, last));
    return last >= history.earliest;
  }

  private static @Nullable Close acknowledged(RandomHistory history) {
    return history.any(Close.class, each -> each.outcome() instanceof Outcome.Done);
  }
}
