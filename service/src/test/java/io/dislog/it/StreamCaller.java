package io.dislog.it;

import io.dislog.history.Entry;
import io.dislog.history.Operation.Closure;
import io.dislog.history.Operation.Read;
import io.dislog.history.Operation.Step;
import io.dislog.history.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates what the protocol's answers say into what the history knows. For one thread.
 *
 * <p>An answer ends where its offset says; the records that it shows lie right below that, and
 * nothing says when they were appended.
 */
final class StreamCaller {

  static final String NEXT = "Stream-Next-Offset";
  static final String CLOSED = "Stream-Closed";

  private static final int APPENDED = 200;

  private final Caller caller;
  private final Frontier frontier;

  StreamCaller(Caller caller, Frontier frontier) {
    this.caller = caller;
    this.frontier = frontier;
  }

  Caller caller() {
    return caller;
  }

  Frontier frontier() {
    return frontier;
  }

  /**
   * What came of an append, of which a producer's repeat is not told where it stands.
   *
   * @param numbered whether a producer numbered it
   */
  Outcome place(Heard heard, int records, boolean numbered) {
    boolean told = !numbered || heard.status() == APPENDED;
    if (!heard.isDone() || !told) {
      return heard.outcome();
    }
    long next = heard.number(NEXT);
    frontier.reached(heard.call().log(), next);
    return new Outcome.At(next - records, Entry.UNTOLD);
  }

  /** Takes down what a reader was shown that had asked for what is there from an offset on. */
  void read(Heard heard, long from, List<String> ids, long tail) {
    List<Entry> entries = new ArrayList<>();
    for (String id : ids) {
      entries.add(new Entry(from + entries.size(), Entry.UNTOLD, id));
    }
    caller.read(heard, true, tail, entries);
    closure(heard);
    frontier.reached(heard.call().log(), from + entries.size());
  }

  void step(Heard heard, long from, int count, long next) {
    caller.history().add(new Step(heard.call(), from, count, next));
  }

  /** Takes down whether an answer says that the log is closed, and where it ends then. */
  void closure(Heard heard) {
    long end = heard.number("Dislog-End-Offset");
    Answer answer = heard.answer();
    if (answer != null && end >= 0) {
      boolean closed = answer.header("Dislog-Closed") != null;
      closure(heard, closed, closed ? end : -1);
      if (answer.header(CLOSED) != null) {
        closure(heard, true, heard.number(NEXT));
      }
    }
  }

  void closure(Heard heard, boolean closed, long end) {
    caller.history().add(new Closure(heard.call(), heard.isFresh(), closed, end));
  }

  /** Takes down that a log was seen to end there. */
  void end(Heard heard, long end) {
    caller.history().add(new Read(heard.call(), heard.isFresh(), -1, -1, end, List.of()));
  }
}
