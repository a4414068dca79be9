package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Close;
import io.dislog.history.Operation.Closure;
import java.util.List;

/**
 * A log that was closed stays so, and ends where it ended; it was closed by who asked for it, and
 * the last append that goes with that is there with it, or not at all.
 */
final class CloseCheck {

  private final Evidence evidence;
  private final Findings findings;
  private final FinalLog log;
  private final List<Close> closes;

  CloseCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
    this.log = evidence.log();
    this.closes =
        evidence.operations(Close.class).stream()
            .filter(close -> !(close.outcome() instanceof Outcome.Refused))
            .toList();
  }

  void run() {
    long closed = Math.min(firstAnswer(), firstSight());
    if (closed < Long.MAX_VALUE && !log.closed()) {
      found(Kind.OPENED_AGAIN, "it was said to be closed, in the end it is open");
    }
    evidence.operations(Closure.class).forEach(closure -> check(closure, closed));
    evidence.requests().forEach(request -> checkNothingAfter(request, closed));
    closes.forEach(this::checkWhole);
    if (log.closed()) {
      checkCause();
    }
  }

  /** When the first of those who closed it knew that. */
  private long firstAnswer() {
    return closes.stream()
        .filter(close -> close.outcome() instanceof Outcome.Done)
        .mapToLong(close -> close.call().end())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private long firstSight() {
    return evidence.operations(Closure.class).stream()
        .filter(Closure::closed)
        .mapToLong(closure -> closure.call().end())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void check(Closure closure, long closed) {
    Call call = closure.call();
    if (!closure.closed() && closure.fresh() && call.start() > closed) {
      found(Kind.OPENED_AGAIN, "%s was shown it open after it had been closed".formatted(call));
    }
    if (closure.closed() && closure.end() != log.end()) {
      found(
          Kind.OPENED_AGAIN,
          "%s was shown it closed at %d, in the end it ends at %d"
              .formatted(call, closure.end(), log.end()));
    }
    if (closure.closed() && closes.stream().noneMatch(c -> c.call().start() < call.end())) {
      found(Kind.CLOSED_UNASKED, "%s was shown it closed".formatted(call));
    }
  }

  private void checkNothingAfter(Request request, long closed) {
    for (Append attempt : request.attempts()) {
      if (attempt.outcome() instanceof Outcome.At && request.start() > closed) {
        found(Kind.OPENED_AGAIN, "%s was taken after it had been closed".formatted(request));
      }
    }
  }

  /** Where the last append is there, the log ends behind it, closed. */
  private void checkWhole(Close close) {
    if (close.last().isEmpty()) {
      return;
    }
    for (long place : evidence.places(close.last().getLast())) {
      if (!log.closed() || place + 1 != log.end()) {
        found(
            Kind.TORN,
            "%s at %d was to close it for %s, which ends at %d, %s"
                .formatted(
                    close.last().getLast(),
                    place,
                    close.call(),
                    log.end(),
                    log.closed() ? "closed" : "open"));
      }
    }
  }

  /** One of those who asked can have closed it as it is. */
  private void checkCause() {
    if (closes.isEmpty()) {
      found(Kind.CLOSED_UNASKED, "in the end it is closed");
    } else if (closes.stream().noneMatch(this::canHaveClosed)) {
      found(Kind.TORN, "it was closed without the last append of any who closed it with one");
    }
  }

  private boolean canHaveClosed(Close close) {
    return close.last().isEmpty()
        || evidence.places(close.last().getLast()).contains(log.end() - 1);
  }

  private void found(Kind kind, String text) {
    findings.add(kind, evidence.name(), text);
  }
}
