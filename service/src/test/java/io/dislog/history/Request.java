package io.dislog.history;

import io.dislog.history.Operation.Append;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All attempts to append the same records, in the order in which they began. */
final class Request {

  private final List<Append> attempts = new ArrayList<>();

  void add(Append attempt) {
    attempts.add(attempt);
    attempts.sort(Comparator.comparingLong(each -> each.call().start()));
  }

  List<Append> attempts() {
    return attempts;
  }

  List<String> values() {
    return attempts.getFirst().values();
  }

  long start() {
    return attempts.getFirst().call().start();
  }

  boolean isNumbered() {
    return attempts.getFirst().turn() != null;
  }

  /** Whether no attempt can have been successful. */
  boolean isRefused() {
    return attempts.stream().allMatch(each -> each.outcome() instanceof Outcome.Refused);
  }

  @Override
  public String toString() {
    Append first = attempts.getFirst();
    return "%s of %d by %s%s"
        .formatted(
            values().getFirst(),
            values().size(),
            first.call(),
            attempts.size() > 1 ? ", sent %d times".formatted(attempts.size()) : "");
  }
}
