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

  /**
   * A log is to take nothing any more.
   *
   * @param last the values that are appended with it, all or nothing; none where it is only closed
   */
  record Close(Call call, List<String> last, Outcome outcome) implements Operation {}

  /**
   * An answer said whether a log is closed.
   *
   * @param fresh whether it must show what was acknowledged before it began
   * @param end the offset at which the log ended if it is closed, or -1
   */
  record Closure(Call call, boolean fresh, boolean closed, long end) implements Operation {}

  /**
   * A log, which the call names, was made with what another log has below an offset.
   *
   * @param call from the first attempt's start
   */
  record Fork(Call call, String source, long offset) implements Operation {}

  /**
   * A reader that asked for what is there from an offset on was shown so many records and told with
   * which offset to go on.
   */
  record Step(Call call, long from, int count, long next) implements Operation {}
}
