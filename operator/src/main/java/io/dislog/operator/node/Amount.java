package io.dislog.operator.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size or a duration as users and the service write it, in whatever unit. */
final class Amount {

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})(Ki|Mi|Gi|Ti|s|m|h|d)?");
  private static final String BINARY = "KMGT";

  private Amount() {}

  /**
   * Bytes of a size, milliseconds of a duration; empty where it is neither, or beyond all count.
   */
  static OptionalLong of(JsonNode said) {
    if (said.isIntegralNumber() && said.canConvertToLong()) {
      return OptionalLong.of(said.longValue());
    }
    Matcher text = TEXT.matcher(said.asText());
    return text.matches()
        ? times(Long.parseLong(text.group(1)), unit(text.group(2) == null ? "" : text.group(2)))
        : OptionalLong.empty();
  }

  /** Bytes as people read them: the largest unit of which there is at least one, rounded down. */
  static String readable(long bytes) {
    for (int power = BINARY.length(); power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes >= unit) {
        long whole = bytes / unit;
        long tenths = bytes % unit * 10 / unit;
        String fraction = whole < 10 && tenths > 0 ? "." + tenths : "";
        return "%d%s%ci".formatted(whole, fraction, BINARY.charAt(power - 1));
      }
    }
    return bytes + " bytes";
  }

  private static long unit(String name) {
    return switch (name) {
      case "" -> 1;
      case "s" -> 1000L;
      case "m" -> 60 * 1000L;
      case "h" -> 60 * 60 * 1000L;
      case "d" -> 24 * 60 * 60 * 1000L;
      default -> 1L << (10 * (1 + BINARY.indexOf(name.charAt(0))));
    };
  }

  private static OptionalLong times(long count, long unit) {
    return count <= Long.MAX_VALUE / unit ? OptionalLong.of(count * unit) : OptionalLong.empty();
  }
}
