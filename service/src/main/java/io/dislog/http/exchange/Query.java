package io.dislog.http.exchange;

import io.dislog.api.ByteSize;
import io.dislog.api.Digits;
import io.dislog.api.Span;
import io.dislog.http.notation.Percent;
import io.dislog.http.notation.Spelling;
import io.dislog.http.notation.Text;
import io.dislog.http.notation.Utf8;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A request's parameters, read to the letter: one that stands twice, is empty or out of its range
 * is refused, and so is one that is unknown.
 */
public final class Query {

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> repeated = new HashMap<>();

  /**
   * @param query as it stands in the request line, or null
   */
  public Query(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return;
    }
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue; // As forms and many clients write them.
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (values.putIfAbsent(name, value) != null) {
        repeated.put(name, value);
      }
    }
  }

  /**
   * Refuses a parameter that is none of those.
   *
   * @param known their names
   */
  public void refuseAllBut(List<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw ProblemException.badRequest(unknown(name, known));
      }
    }
  }

  /** A parameter, or null where it is not given. */
  public @Nullable String text(String name) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    if (repeated.containsKey(name)) {
      throw ProblemException.badRequest("'" + name + "' is given more than once");
    }
    if (value.isEmpty()) {
      throw ProblemException.badRequest("'" + name + "' is empty");
    }
    return value;
  }

  /** A parameter whose empty value means that it is not given. */
  public String textOrEmpty(String name) {
    String value = "".equals(values.get(name)) && !repeated.containsKey(name) ? "" : text(name);
    return value == null ? "" : value;
  }

  /** A number of its range, or the default where it is not given. */
  public long number(String name, long otherwise, long least, long most) {
    return ranged(name, otherwise, least, most, "a number", Digits::parse, Long::toString);
  }

  /** Bytes of their range, or the default where they are not given. */
  public long size(String name, long otherwise, long least, long most) {
    return ranged(name, otherwise, least, most, "a size in bytes", ByteSize::parse, Long::toString);
  }

  /** Milliseconds up to a limit, or the default where they are not given. */
  public long millis(String name, long otherwise, long most) {
    return ranged(name, otherwise, 0, most, "a duration", Span::parse, Span::print);
  }

  /** True or false; false where it is not given. */
  public boolean flag(String name) {
    String text = text(name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (!text.equals("true")) {
      throw ProblemException.badRequest("'" + name + "' is neither true nor false");
    }
    return true;
  }

  private long ranged(
      String name,
      long otherwise,
      long least,
      long most,
      String what,
      Notation notation,
      LongFunction<String> print) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    OptionalLong value = notation.parse(text);
    if (value.isEmpty() || value.getAsLong() < least || value.getAsLong() > most) {
      throw ProblemException.badRequest(
          "'%s' is not %s from %s to %s: %s"
              .formatted(name, what, print.apply(least), print.apply(most), Text.safe(text)));
    }
    return value.getAsLong();
  }

  private static String unknown(String name, List<String> known) {
    String meant = Spelling.nearest(name, known);
    String hint =
        meant != null
            ? "did you mean '" + meant + "'?"
            : known.isEmpty() ? "there are none" : "known are " + String.join(", ", known);
    return "the parameter '%s' is not known here; %s".formatted(Text.safe(name), hint);
  }

  private static String decode(String text) {
    ByteBuffer bytes = Percent.decode(text);
    if (bytes == null) {
      throw ProblemException.badRequest("the query is not percent-encoded UTF-8");
    }
    return Utf8.decode(bytes);
  }

  private interface Notation {
    OptionalLong parse(String text);
  }
}
