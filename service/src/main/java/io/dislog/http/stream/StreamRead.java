package io.dislog.http.stream;

import io.dislog.command.OffsetSpec;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.exchange.Query;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.log.Extent;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.shard.LogView;
import org.jspecify.annotations.Nullable;

/**
 * What a request to read a stream asks for (5.6 to 5.8).
 *
 * @param where it begins
 * @param live whether it waits for what is not there yet
 * @param cursor that the client came with
 */
record StreamRead(OffsetSpec where, Live live, Cursor cursor) {

  /** How a reader gets what is not there yet. */
  enum Live {
    /** It does not. */
    NO,
    /** In this answer, if it comes soon. */
    LONG_POLL,
    /** As events, for a while. */
    EVENTS;

    static Live of(@Nullable String text) {
      return switch (text) {
        case null -> NO;
        case "long-poll" -> LONG_POLL;
        case "sse" -> EVENTS;
        default ->
            throw ProblemException.badRequest(
                "'live' is neither long-poll nor sse: " + Text.safe(text));
      };
    }
  }

  static StreamRead of(Exchange exchange) {
    Query query = exchange.query();
    String offset = query.text("offset");
    Live live = Live.of(query.text("live"));
    if (offset == null && live != Live.NO) {
      throw ProblemException.badRequest("'offset' is missing, which live reads must have");
    }
    return new StreamRead(StreamOffset.parse(offset), live, Cursor.of(query.text("cursor")));
  }

  /** Whether it begins at the end, wherever that is. */
  boolean isFromNow() {
    return where instanceof OffsetSpec.Latest;
  }

  /**
   * The offset with which it begins in a log.
   *
   * @throws OffsetOutOfRangeException where the log does not have that
   */
  long from(Exchange exchange, LogView log) {
    Extent extent = log.extent();
    return switch (where) {
      case OffsetSpec.Earliest() -> extent.earliestOffset();
      case OffsetSpec.Latest() -> extent.endOffset();
      case OffsetSpec.At(long offset) -> within(extent, offset, exchange.isLocal());
    };
  }

  /**
   * What this node does not have, while no leader says how far the log is, may be there all the
   * same.
   */
  private static long within(Extent extent, long offset, boolean local) {
    if (offset > extent.endOffset() && local) {
      throw new ProblemException(
          Problem.of(
              ProblemType.NO_LEADER,
              "offset %d is beyond what this node has, and no leader says what there is"
                  .formatted(offset)));
    }
    if (offset < extent.earliestOffset() || offset > extent.endOffset()) {
      throw new OffsetOutOfRangeException(offset, extent.earliestOffset(), extent.endOffset());
    }
    return offset;
  }
}
