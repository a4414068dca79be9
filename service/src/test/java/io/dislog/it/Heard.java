package io.dislog.it;

import io.dislog.history.Call;
import io.dislog.history.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call, and what was heard of it.
 *
 * @param answer null where there was none
 */
record Heard(Call call, @Nullable Answer answer) {

  /** The answer's status, or 0. */
  int status() {
    return answer == null ? 0 : answer.status();
  }

  /** The same of a call that began earlier. */
  Heard since(long start) {
    Call since = new Call(call.client(), call.node(), call.log(), start, call.end());
    return new Heard(since, answer);
  }

  /** The same of a call that was about another log, too. */
  Heard about(String log) {
    Call other = new Call(call.client(), call.node(), log, call.start(), call.end());
    return new Heard(other, answer);
  }

  /** Whether the answer says that it was done, in whatever way. */
  boolean isDone() {
    return status() / 100 == 2;
  }

  /** Whether it may have been done, and nobody knows. */
  boolean isUnknown() {
    return status() == 0 || status() == 503;
  }

  /** What came of an append. */
  Outcome place() {
    if (answer != null && isDone()) {
      Instant time = Instant.parse(answer.json().path("timestamp").asText());
      return new Outcome.At(answer.number("Dislog-Base-Offset"), time.toEpochMilli());
    }
    return outcome();
  }

  /** What came of any other change. */
  Outcome outcome() {
    if (answer == null || isUnknown()) {
      return new Outcome.Unknown();
    }
    return isDone() ? new Outcome.Done() : new Outcome.Refused(problem());
  }

  /** The type of the problem that was answered, or "". */
  String problem() {
    return answer == null || status() < 400
        ? ""
        : answer.json().path("type").asText().replaceFirst("^/problems/", "");
  }

  /** Whether the answer shows all that was acknowledged before the call began. */
  boolean isFresh() {
    return answer != null && answer.header("Dislog-Consistency") == null;
  }

  /** A header that is a number, or -1. */
  long number(String header) {
    String value = answer == null ? null : answer.header(header);
    return value == null ? -1 : Long.parseLong(value);
  }
}
