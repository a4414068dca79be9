package io.dislog.http.config;

import io.dislog.api.ByteSize;
import io.dislog.api.Digits;
import io.dislog.api.Span;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.OptionalLong;
import java.util.Set;

/** A property's text, read in the API's notation; what can't be is told in one sentence. */
public final class Property {

  private Property() {}

  /** Bytes from the least to the most. */
  public static long size(String name, String text, long least, long most) {
    return checked(name, text, ByteSize.parse(text), "a size such as 64Mi", least, most);
  }

  /** Milliseconds from the least to the most. */
  public static long millis(String name, String text, long least, long most) {
    return checked(name, text, Span.parse(text), "a duration such as 30s", least, most);
  }

  /** A number from the least to the most. */
  public static long number(String name, String text, long least, long most) {
    return checked(name, text, Digits.parse(text), "a number", least, most);
  }

  private static long checked(
      String name, String text, OptionalLong value, String what, long least, long most) {
    if (value.isEmpty()) {
      throw new ConfigurationException(
          "%s is '%s', which is not %s".formatted(name, text, what), Set.of(name));
    }
    if (value.getAsLong() < least || value.getAsLong() > most) {
      throw new ConfigurationException(
          "%s is '%s', which is outside of %d to %d".formatted(name, text, least, most),
          Set.of(name));
    }
    return value.getAsLong();
  }
}
