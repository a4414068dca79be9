package io.dislog.http.notation;

import io.dislog.api.Digits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Times as RFC 3339 writes them; within the service they are milliseconds since 1970. */
public final class Time {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  private Time() {}

  /** In UTC, with milliseconds. */
  public static String print(long millis) {
    return MILLIS.format(Instant.ofEpochMilli(millis));
  }

  /**
   * The first millisecond at or after a time of RFC 3339, or a number of milliseconds since 1970;
   * what lies before 1970 is 0. Empty where the text is neither.
   */
  public static OptionalLong parse(String text) {
    OptionalLong time = parseRfc3339(text);
    return time.isPresent() ? time : Digits.parse(text);
  }

  /** The same of RFC 3339 alone. */
  public static OptionalLong parseRfc3339(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (!RFC_3339.matcher(upper).matches()) {
      return OptionalLong.empty();
    }
    try {
      Instant instant = OffsetDateTime.parse(upper).toInstant();
      return OptionalLong.of(Math.max(0, instant.plusNanos(999_999).toEpochMilli()));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
