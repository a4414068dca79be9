package io.dislog.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log that is there in the end must be by itself, and of what it may consist. */
final class LogCheck {

  private final Evidence evidence;
  private final Findings findings;

  LogCheck(Evidence evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
  }

  void run() {
    checkEntries();
    evidence.requests().forEach(this::checkWhole);
    evidence.requests().forEach(this::checkOnce);
  }

  private void checkEntries() {
    FinalLog log = evidence.log();
    long next = log.earliest();
    long latest = 0;
    for (Entry entry : log.entries()) {
      if (entry.offset() != next) {
        found(Kind.HOLE, "the log has %s where %d is next".formatted(entry, next));
      }
      if (entry.time() < latest) {
        found(Kind.TIME_BACK, "%s, its predecessor's is %d".formatted(entry, latest));
      }
      checkOrigin(entry);
      next = entry.offset() + 1;
      latest = entry.time();
    }
    if (next != log.end()) {
      found(Kind.HOLE, "the log ends at %d and says %d".formatted(next, log.end()));
    }
  }

  private void checkOrigin(Entry entry) {
    if (Value.isDamaged(entry.value())) {
      found(Kind.CHANGED, "the log has " + entry);
    } else if (evidence.requestOf(entry.value()) == null) {
      found(Kind.FROM_NOWHERE, "the log has " + entry);
    }
  }

  /** A batch stands whole and in order, or not at all; but for what was trimmed of it. */
  private void checkWhole(Request request) {
    List<String> values = request.values();
    @Nullable Long base = base(values);
    if (base == null) {
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      Entry entry = evidence.at(base + i);
      boolean right = entry != null && entry.value().equals(values.get(i));
      if (base + i >= evidence.log().earliest() && !right) {
        found(Kind.TORN, "of %s, at %d, record %d is not there".formatted(request, base, i));
        return;
      }
    }
  }

  /** Where the batch begins, judging by the first of its records that the log has. */
  private @Nullable Long base(List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      for (long offset : evidence.places(values.get(i))) {
        Entry entry = evidence.at(offset);
        if (entry != null && entry.value().equals(values.get(i))) {
          return offset - i;
        }
      }
    }
    return null;
  }

  /** A value has one place, over its whole life. */
  private void checkOnce(Request request) {
    for (String value : request.values()) {
      if (evidence.places(value).size() > 1) {
        found(kindOfDouble(value), "%s was seen at %s".formatted(value, evidence.places(value)));
      }
    }
  }

  private Kind kindOfDouble(String value) {
    Request request = evidence.requestOf(value);
    return request != null && request.isNumbered() ? Kind.PRODUCER_DUPLICATE : Kind.DOUBLED;
  }

  private void found(Kind kind, String text) {
    findings.add(kind, evidence.name(), text);
  }
}
