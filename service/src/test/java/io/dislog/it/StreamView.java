package io.dislog.it;

import java.util.List;
import java.util.Set;

/**
 * A reader of one stream, which goes on where it was, in whatever way it reads next. For one
 * thread.
 */
final class StreamView {

  private static final Set<Integer> EXPECTED = Set.of(200, 204, 410);
  private static final int TRIMMED = 410;

  private final StreamCaller stream;
  private final Stream about;
  private long next;

  StreamView(StreamCaller stream, Stream about, long next) {
    this.stream = stream;
    this.about = about;
    this.next = next;
  }

  long next() {
    return next;
  }

  /** What one answer has, at once; says whether there is nothing behind that. */
  boolean catchUp() throws InterruptedException {
    return read("");
  }

  /** What is there, or what comes soon. */
  void longPoll() throws InterruptedException {
    read("&live=long-poll");
  }

  private boolean read(String how) throws InterruptedException {
    long from = next;
    Heard heard =
        stream.caller().call(about.log(), EXPECTED, api -> api.get(about.from(from) + how));
    Answer answer = heard.answer();
    if (answer == null || !heard.isDone()) {
      refused(heard);
      return false;
    }
    List<String> ids = heard.status() == 204 ? List.of() : about.type().ids(answer.body());
    boolean upToDate = answer.header("Stream-Up-To-Date") != null;
    next = heard.number(StreamCaller.NEXT);
    stream.read(heard, from, ids, upToDate ? next : -1);
    stream.step(heard, from, ids.size(), next);
    return upToDate;
  }

  /** What comes as events, for a while. */
  void events() throws InterruptedException {
    StreamEvents events = new StreamEvents(about, next, stream.caller().random());
    Heard heard = stream.caller().call(about.log(), EXPECTED, events::read);
    if (!heard.isDone()) {
      refused(heard);
      return;
    }
    stream.read(heard, next, events.ids(), events.tail());
    events.steps().forEach(step -> stream.step(heard, step.from(), step.count(), step.next()));
    if (events.isClosed()) {
      stream.closure(heard, true, events.next());
    }
    next = events.next();
  }

  private void refused(Heard heard) {
    stream.caller().read(heard, true, -1, List.of());
    if (heard.status() == TRIMMED) {
      next = Math.max(next, stream.frontier().end(about.log()));
    }
  }
}
