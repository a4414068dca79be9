package io.dislog.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call and its answer. */
public sealed interface Operation {

  Call call();

  /**
   * One attempt to append records. Attempts with the same values are the same request, sent again.
   *
   * @param values each unique among all requests of the history
   * @param turn where a producer numbers its requests
   * @param expected the end offset that it was bound to, or -1
   */
  record Append(Call call, List<String> values, @Nullable Turn turn, long expected, Outcome outcome)
      implements Operation {}

  /**
   * A producer's number of a request.
   *
   * @param id the producer's
   */
  record Turn(String id, long epoch, long seq) {}

  /**
   * An answered read of records.
   *
   * @param fresh whether it must show what was acknowledged before it began
   * @param earliest the earliest offset that the answer states, or -1
   * @param end the end offset that the answer states, or -1
   * @param tail the offset from which on, says the answer, there is nothing yet, or -1
   */
  record Read(Call call, boolean fresh, long earliest, long end, long tail, List<Entry> entries)
      implements Operation {}

  /** The earliest offset is moved up to {@code before}. */
  record Trim(Call call, long before, Outcome outcome) implements Operation {}

  /**
   * Something that has one value at a time, a consumer's position or a setting, gets another one.
   *
   * @param onlyIf the value that it was bound to
   */
  record Write(Call call, String register, String value, @Nullable String onlyIf, Outcome outcome)
      implements Operation {}

  /**
   * Something that has one value at a time was looked at.
   *
   * @param fresh whether it must show what was acknowledged before it began
   * @param value null where there was none
   */
  record Look(Call call, String register, @Nullable String value, boolean fresh)
      implements Operation {}
}
