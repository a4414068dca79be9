package io.dislog.http.exchange;

import io.dislog.api.Digits;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.http.notation.Text;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a request asks of the log before anything is appended to it, as its headers say. */
public final class Conditions {

  private static final long MAX_NUMBER = (1L << 53) - 1;
  private static final int MAX_ID_CHARACTERS = 256;

  private Conditions() {}

  /** The end offset that the log must have, or null where it may have any. */
  public static @Nullable Long expectedOffset(Exchange exchange) {
    return number(exchange, "Dislog-Expected-Offset", Long.MAX_VALUE);
  }

  /** Which request of which idempotent producer this is, or null. */
  public static @Nullable ProducerStamp producer(Exchange exchange) {
    String id = exchange.header("Producer-Id");
    Long epoch = number(exchange, "Producer-Epoch", MAX_NUMBER);
    Long seq = number(exchange, "Producer-Seq", MAX_NUMBER);
    if (id == null && epoch == null && seq == null) {
      return null;
    }
    if (id == null || epoch == null || seq == null) {
      throw ProblemException.badRequest("Producer-Id, Producer-Epoch and Producer-Seq go together");
    }
    if (id.isEmpty() || id.codePointCount(0, id.length()) > MAX_ID_CHARACTERS) {
      throw ProblemException.badRequest(
          "Producer-Id must have 1 to %d characters".formatted(MAX_ID_CHARACTERS));
    }
    return new ProducerStamp(id, epoch, seq, exchange.permission().owner());
  }

  private static @Nullable Long number(Exchange exchange, String header, long most) {
    String text = exchange.header(header);
    if (text == null) {
      return null;
    }
    OptionalLong number = Digits.parse(text);
    if (number.isEmpty() || number.getAsLong() > most) {
      throw ProblemException.badRequest(
          "%s is not a number from 0 to %d: %s".formatted(header, most, Text.safe(text)));
    }
    return number.getAsLong();
  }
}
