package io.dislog.http.api;

import io.dislog.api.Digits;
import io.dislog.command.Consumer;
import io.dislog.command.Rejection;
import io.dislog.http.exchange.Name;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.exchange.Query;
import io.dislog.http.notation.Text;
import io.dislog.http.notation.Time;
import io.dislog.log.Extent;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where a read begins, as its parameters say. */
final class ReadFrom {

  private final @Nullable String offset;
  private final @Nullable String time;
  private final @Nullable String consumer;
  private final boolean clamp;

  ReadFrom(Query query) {
    this.offset = query.text("offset");
    this.time = query.text("time");
    this.consumer = query.text("consumer");
    this.clamp = query.flag("clamp");
    if ((offset == null ? 0 : 1) + (time == null ? 0 : 1) + (consumer == null ? 0 : 1) > 1) {
      throw ProblemException.badRequest("only one of offset, time and consumer may be given");
    }
  }

  boolean clamp() {
    return clamp;
  }

  /** The offset that this is in a log, which is one that it has, or its end. */
  long in(LogView log) throws IOException {
    return within(log.extent(), named(log));
  }

  /**
   * The offset after the last event that a client has seen.
   *
   * @param lastEventId as its header says
   */
  long after(LogView log, String lastEventId) {
    OptionalLong id = Digits.parse(lastEventId);
    if (id.isEmpty()) {
      throw ProblemException.badRequest("Last-Event-ID is not a number: " + Text.safe(lastEventId));
    }
    Extent extent = log.extent();
    if (id.getAsLong() >= extent.endOffset()) {
      if (clamp) {
        return extent.endOffset();
      }
      throw new OffsetOutOfRangeException(
          id.getAsLong(), extent.earliestOffset(), extent.endOffset());
    }
    return within(extent, id.getAsLong() + 1);
  }

  private long named(LogView log) throws IOException {
    if (time != null) {
      OptionalLong millis = Time.parse(time);
      if (millis.isEmpty()) {
        throw ProblemException.badRequest("'time' is not a time: " + Text.safe(time));
      }
      return log.offsetAt(millis.getAsLong());
    }
    if (consumer != null) {
      Consumer known = log.consumer(Name.ofConsumer(consumer));
      if (known == null) {
        throw new Rejection.UnknownConsumer(consumer);
      }
      return known.offset();
    }
    return offset == null ? log.extent().earliestOffset() : numbered(log, offset);
  }

  private static long numbered(LogView log, String text) {
    return switch (text) {
      case "earliest" -> log.extent().earliestOffset();
      case "latest" -> log.extent().endOffset();
      default -> {
        OptionalLong number = Digits.parse(text);
        if (number.isEmpty()) {
          throw ProblemException.badRequest(
              "'offset' is not earliest, latest or a number from 0: " + Text.safe(text));
        }
        yield number.getAsLong();
      }
    };
  }

  private long within(Extent extent, long asked) {
    if (asked >= extent.earliestOffset() && asked <= extent.endOffset()) {
      return asked;
    }
    if (!clamp) {
      throw new OffsetOutOfRangeException(asked, extent.earliestOffset(), extent.endOffset());
    }
    return Math.max(extent.earliestOffset(), Math.min(asked, extent.endOffset()));
  }
}
