package io.dislog.history;

import io.dislog.history.Operation.Append;
import java.util.List;
import java.util.Set;

/** What was promised to those who appended. */
final class AppendCheck {

  /** What is never said to a producer that counts right and never goes back to an older epoch. */
  private static final Set<String> MISCOUNTED =
      Set.of("sequence-gap", "sequence-too-old", "producer-fenced");

  private final Evidence evidence;
  private final Findings findings;

  AppendCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
  }

  void run() {
    for (Request request : evidence.requests()) {
      for (Append attempt : request.attempts()) {
        switch (attempt.outcome()) {
          case Outcome.At(long base, long time) -> checkPromise(request, attempt, base, time);
          case Outcome.Refused(String problem) -> checkRefusal(attempt, problem);
          case Outcome.Unknown() -> {}
          case Outcome.Done() -> checkSomewhere(request);
        }
      }
      if (request.isRefused()
          && request.values().stream().anyMatch(value -> !evidence.places(value).isEmpty())) {
        found(Kind.REFUSED_BUT_DONE, "%s was refused, and was seen".formatted(request));
      }
    }
  }

  private void checkPromise(Request request, Append attempt, long base, long time) {
    if (attempt.expected() >= 0 && attempt.expected() != base) {
      found(
          Kind.CONDITION_BROKEN,
          "%s was bound to %d and taken at %d".formatted(request, attempt.expected(), base));
    }
    long before = evidence.ends().before(request.start());
    if (base < before) {
      found(
          Kind.REORDERED,
          "%s was taken at %d when the end was %d at least".formatted(request, base, before));
    }
    List<String> values = attempt.values();
    for (int i = 0; i < values.size(); i++) {
      if (base + i >= evidence.log().earliest()) {
        checkThere(request, new Entry(base + i, time, values.get(i)));
      }
    }
  }

  private void checkThere(Request request, Entry promised) {
    Entry there = evidence.at(promised.offset());
    if (there != null && promised.shows(there)) {
      return;
    }
    if (there != null && there.value().equals(promised.value())) {
      found(Kind.CHANGED, "%s was promised, %s is there".formatted(promised, there));
      return;
    }
    boolean elsewhere =
        evidence.places(promised.value()).stream().anyMatch(place -> isAt(place, promised.value()));
    found(
        elsewhere ? Kind.REORDERED : Kind.LOST,
        "%s was promised to %s, there is %s".formatted(promised, request, there));
  }

  /** Its place was not said, but it can't be below what was there before it began. */
  private void checkSomewhere(Request request) {
    for (String value : request.values()) {
      boolean there = evidence.places(value).stream().anyMatch(place -> isAt(place, value));
      if (!there && evidence.log().earliest() <= evidence.ends().before(request.start())) {
        found(Kind.LOST, "%s was said to be there, %s is not".formatted(request, value));
      }
    }
  }

  private boolean isAt(long offset, String value) {
    Entry there = evidence.at(offset);
    return there != null && there.value().equals(value);
  }

  private void checkRefusal(Append attempt, String problem) {
    if (MISCOUNTED.contains(problem)) {
      found(Kind.PRODUCER_REFUSED, "%s was answered %s".formatted(attempt, problem));
    }
  }

  private void found(Kind kind, String text) {
    findings.add(kind, evidence.name(), text);
  }
}
