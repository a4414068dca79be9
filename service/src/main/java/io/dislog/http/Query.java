package io.dislog.http;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A request's parameters, read to the letter: one that stands twice, is empty or out of its range
 * is refused, one that nobody asks for is ignored.
 */
final class Query {

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, String> repeated = new HashMap<>();

  /**
   * @param query as it stands in the request line, or null
   */
  Query(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (values.putIfAbsent(name, value) != null) {
        repeated.put(name, value);
      }
    }
  }

  /** A parameter, or null where it is not given. */
  @Nullable String text(String name) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    if (repeated.containsKey(name)) {
      throw Refused.badRequest("'" + name + "' stands twice");
    }
    if (value.isEmpty()) {
      throw Refused.badRequest("'" + name + "' is empty");
    }
    return value;
  }

  /** A parameter whose empty value means that it is not given. */
  String textOrEmpty(String name) {
    String value = "".equals(values.get(name)) && !repeated.containsKey(name) ? "" : text(name);
    return value == null ? "" : value;
  }

  /** A number of its range, or the default where it is not given. */
  long number(String name, long otherwise, long least, long most) {
    return ranged(name, otherwise, least, most, "a number", Digits::parse, Long::toString);
  }

  /** Bytes of their range, or the default where they are not given. */
  long size(String name, long otherwise, long least, long most) {
    return ranged(name, otherwise, least, most, "a size in bytes", Size::parse, Long::toString);
  }

  /** Milliseconds up to a limit, or the default where they are not given. */
  long millis(String name, long otherwise, long most) {
    return ranged(name, otherwise, 0, most, "a duration", Span::parse, Span::print);
  }

  /** True or false; false where it is not given. */
  boolean flag(String name) {
    String text = text(name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (!text.equals("true")) {
      throw Refused.badRequest("'" + name + "' is neither true nor false");
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
      throw Refused.badRequest(
          "'%s' is not %s from %s to %s: %s"
              .formatted(name, what, print.apply(least), print.apply(most), Text.safe(text)));
    }
    return value.getAsLong();
  }

  private static String decode(String text) {
    ByteBuffer bytes = Percent.decode(text);
    if (bytes == null) {
      throw Refused.badRequest("the query is not percent-encoded UTF-8");
    }
    return Utf8.decode(bytes);
  }

  private interface Notation {
    OptionalLong parse(String text);
  }
}
