package io.dislog.http.stream;

import io.dislog.api.Digits;
import io.dislog.command.OffsetSpec;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.Text;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A place in a stream as the protocol writes it (section 8): the record's offset in 20 digits, so
 * that offsets sort as texts, or one of two words.
 */
final class StreamOffset {

  private static final int DIGITS = 20;
  private static final String BEGINNING = "-1";

  /** As the protocol's reference server writes the beginning, and its clients may have it. */
  private static final String ZERO_OF_OTHERS = "0000000000000000_0000000000000000";

  private static final String NOW = "now";

  private StreamOffset() {}

  static String print(long offset) {
    String digits = Long.toString(offset);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /**
   * Reads a place.
   *
   * @param text the parameter, or null, which is the beginning
   * @throws ProblemException where it is none
   */
  static OffsetSpec parse(@Nullable String text) {
    return switch (text) {
      case null -> new OffsetSpec.Earliest();
      case BEGINNING, ZERO_OF_OTHERS -> new OffsetSpec.Earliest();
      case NOW -> new OffsetSpec.Latest();
      default -> new OffsetSpec.At(number(text));
    };
  }

  private static long number(String text) {
    OptionalLong number = text.length() == DIGITS ? Digits.parse(text) : OptionalLong.empty();
    if (number.isEmpty()) {
      throw ProblemException.badRequest("'offset' is no offset of a stream: " + Text.safe(text));
    }
    return number.getAsLong();
  }
}
