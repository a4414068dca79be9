package io.dislog.http.stream;

import io.dislog.api.Digits;
import io.dislog.command.ForkPoint;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.RequestPath;
import io.dislog.http.notation.StreamName;
import io.dislog.http.notation.Text;
import io.dislog.log.StoredRecord;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fork that a PUT asks for (4.2). Immutable.
 *
 * @param source name of the log that is to be forked
 * @param anchor the place from which the rest counts, or null for the source's tail
 * @param part how many messages or bytes beyond the anchor are the source's, too
 */
record ForkRequest(String source, @Nullable OffsetSpec anchor, long part) {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*");

  /**
   * Reads a request's headers.
   *
   * @return null where no fork is asked for
   */
  static @Nullable ForkRequest of(Exchange exchange) {
    String from = exchange.header(StreamHeader.FORKED_FROM);
    String offset = exchange.header(StreamHeader.FORK_OFFSET);
    String part = exchange.header(StreamHeader.FORK_SUB_OFFSET);
    if (from == null) {
      if (offset != null || part != null) {
        throw ProblemException.badRequest(
            "Stream-Fork-Offset and Stream-Fork-Sub-Offset go with Stream-Forked-From");
      }
      return null;
    }
    long beyond = part == null ? 0 : number(part);
    if (beyond > 0 && offset == null) {
      throw ProblemException.badRequest("Stream-Fork-Sub-Offset goes with Stream-Fork-Offset");
    }
    return new ForkRequest(name(from), offset == null ? null : StreamOffset.parse(offset), beyond);
  }

  /** The point in the source's log that is meant. */
  ForkPoint in(LogView log) throws IOException {
    long end = log.extent().endOffset();
    long offset =
        switch (anchor) {
          case null -> end;
          case OffsetSpec.Earliest() -> log.extent().earliestOffset();
          case OffsetSpec.Latest() -> end;
          case OffsetSpec.At(long at) -> at;
        };
    if (offset > end) {
      throw ProblemException.badRequest(
          "Stream-Fork-Offset is beyond the source's end, " + StreamOffset.print(end));
    }
    if (part == 0) {
      return new ForkPoint(log.name(), log.id(), offset, 0);
    }
    return ContentType.of(log).isJson() ? messages(log, offset, end) : bytes(log, offset, end);
  }

  private ForkPoint messages(LogView log, long offset, long end) {
    if (part > end - offset) {
      throw overshoot();
    }
    return new ForkPoint(log.name(), log.id(), offset + part, 0);
  }

  /** Within what was appended at once; that may be several records. */
  private ForkPoint bytes(LogView log, long offset, long end) throws IOException {
    long left = part;
    boolean goesOn = true;
    for (long at = offset; at < end && goesOn; at++) {
      StoredRecord record = log.read(at);
      if (left < record.record().valueSize()) {
        return new ForkPoint(log.name(), log.id(), at, left);
      }
      left -= record.record().valueSize();
      if (left == 0) {
        return new ForkPoint(log.name(), log.id(), at + 1, 0);
      }
      goesOn = record.batchGoesOn();
    }
    throw overshoot();
  }

  private static ProblemException overshoot() {
    return ProblemException.badRequest(
        "Stream-Fork-Sub-Offset is beyond what was appended at Stream-Fork-Offset");
  }

  private static long number(String text) {
    OptionalLong number =
        NUMBER.matcher(text).matches() ? Digits.parse(text) : OptionalLong.empty();
    if (number.isEmpty()) {
      throw ProblemException.badRequest(
          "Stream-Fork-Sub-Offset is not a number from 0, without leading zeros: "
              + Text.safe(text));
    }
    return number.getAsLong();
  }

  private static String name(String path) {
    String stream = RequestPath.of(path).streamPath();
    if (stream == null || !StreamName.isPath(stream)) {
      throw new Rejection.UnknownLog(Text.safe(path));
    }
    return StreamName.ofPath(stream);
  }
}
