package io.dislog.history;

import io.dislog.history.Operation.Append;
import io.dislog.history.Operation.Read;
import io.dislog.history.Operation.Step;
import io.dislog.history.Operation.Trim;
import java.util.HashMap;
import java.util.Map;

/** What readers were shown. */
final class ReadCheck {

  private final Evidence evidence;
  private final Findings findings;
  private final Map<Long, String> shown = new HashMap<>();

  /** How far trims had been asked for at a time, whatever came of them. */
  private final Floor asked = new Floor();

  ReadCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
  }

  void run() {
    evidence.log().entries().forEach(entry -> shown.put(entry.offset(), entry.value()));
    for (Trim trim : evidence.operations(Trim.class)) {
      if (!(trim.outcome() instanceof Outcome.Refused)) {
        asked.saw(trim.call().start(), trim.before());
      }
    }
    evidence.operations(Append.class).forEach(this::checkPlaces);
    for (Read read : evidence.operations(Read.class)) {
      read.entries().forEach(entry -> checkEntry(read, entry));
      checkDense(read);
      checkBounds(read);
    }
    evidence.operations(Step.class).forEach(this::checkStep);
    checkFinal();
  }

  private void checkPlaces(Append append) {
    if (append.outcome() instanceof Outcome.At(long base, long time)) {
      for (int i = 0; i < append.values().size(); i++) {
        checkOneValue(base + i, append.values().get(i));
      }
    }
  }

  private void checkOneValue(long offset, String value) {
    String other = shown.putIfAbsent(offset, value);
    if (other != null && !other.equals(value)) {
      found(Kind.TWO_VALUES, "%d is %s and %s".formatted(offset, value, other));
    }
  }

  private void checkEntry(Read read, Entry entry) {
    checkOneValue(entry.offset(), entry.value());
    Request request = evidence.requestOf(entry.value());
    if (Value.isDamaged(entry.value())) {
      found(Kind.CHANGED, "%s was shown to %s".formatted(entry, read.call()));
    } else if (request == null || request.start() > read.call().end()) {
      found(Kind.FROM_NOWHERE, "%s was shown to %s".formatted(entry, read.call()));
    }
    Entry there = evidence.at(entry.offset());
    if (there == null && entry.offset() < evidence.log().earliest()) {
      return;
    }
    if (there == null || !there.value().equals(entry.value())) {
      found(
          Kind.UNCOMMITTED_SHOWN,
          "%s was shown to %s, in the end there is %s".formatted(entry, read.call(), there));
    } else if (!entry.isTimeOf(there)) {
      found(
          Kind.CHANGED,
          "%s was shown to %s, in the end it is %s".formatted(entry, read.call(), there));
    }
  }

  private void checkDense(Read read) {
    long next = -1;
    for (Entry entry : read.entries()) {
      if (next >= 0 && entry.offset() != next) {
        found(Kind.HOLE, "%s was shown %s where %d was next".formatted(read.call(), entry, next));
      }
      next = entry.offset() + 1;
    }
  }

  private void checkStep(Step step) {
    if (step.next() - step.from() != step.count()) {
      found(
          step.next() - step.from() > step.count() ? Kind.HOLE : Kind.DOUBLED,
          "%s was shown %d records from %d on, and told to go on at %d"
              .formatted(step.call(), step.count(), step.from(), step.next()));
    }
  }

  private void checkBounds(Read read) {
    checkEnd(read, read.end());
    checkEnd(read, read.tail());
    long trimmed = evidence.earliests().before(read.call().start());
    boolean back = read.earliest() >= 0 && read.earliest() < trimmed;
    boolean below = !read.entries().isEmpty() && read.entries().getFirst().offset() < trimmed;
    if (read.fresh() && (back || below)) {
      found(
          Kind.TRIM_UNDONE,
          "%s was shown the earliest offset %d after it had been %d%s"
              .formatted(
                  read.call(), read.earliest(), trimmed, below ? ", and records below" : ""));
    }
    checkAsked(read.earliest(), read.call().end(), "was shown to " + read.call());
  }

  private void checkEnd(Read read, long end) {
    if (end < 0) {
      return;
    }
    long required = evidence.ends().before(read.call().start());
    if (read.fresh() && end < required) {
      found(
          Kind.STALE,
          "%s was shown the end %d after it had been %d".formatted(read.call(), end, required));
    }
    if (evidence.isInsideBatch(end)) {
      found(Kind.TORN, "%s was shown the end %d, inside a batch".formatted(read.call(), end));
    }
    if (end > evidence.log().end()) {
      found(
          Kind.UNCOMMITTED_SHOWN,
          "%s was shown the end %d, in the end it is %d"
              .formatted(read.call(), end, evidence.log().end()));
    }
  }

  private void checkFinal() {
    long earliest = evidence.log().earliest();
    long trimmed = evidence.earliests().last();
    if (earliest < trimmed) {
      found(
          Kind.TRIM_UNDONE,
          "the earliest offset had been %d, in the end it is %d".formatted(trimmed, earliest));
    }
    checkAsked(earliest, Long.MAX_VALUE, "is there in the end");
  }

  private void checkAsked(long earliest, long time, String how) {
    if (earliest > asked.upTo(time)) {
      found(
          Kind.TRIM_UNASKED,
          "the earliest offset %d %s, asked for was %d".formatted(earliest, how, asked.upTo(time)));
    }
  }

  private void found(Kind kind, String text) {
    findings.add(kind, evidence.name(), text);
  }
}
