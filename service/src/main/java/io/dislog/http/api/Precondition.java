package io.dislog.http.api;

import io.dislog.api.Digits;
import io.dislog.command.Consumer;
import io.dislog.command.Rejection;
import io.dislog.http.exchange.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What If-Match asks of a consumer (RFC 9110, 13.1.1): its position is its entity tag.
 *
 * @param none whether nothing is asked
 * @param any whether it need only exist
 * @param positions one of which it must have
 */
public record Precondition(boolean none, boolean any, List<Long> positions) {

  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");

  /** Reads the header, or null where there is none. */
  public static Precondition of(@Nullable String ifMatch) {
    if (ifMatch == null) {
      return new Precondition(true, false, List.of());
    }
    if (ifMatch.strip().equals("*")) {
      return new Precondition(false, true, List.of());
    }
    List<Long> positions = new ArrayList<>();
    for (String element : ifMatch.split(",", -1)) {
      Matcher tag = TAG.matcher(element.strip());
      OptionalLong position = tag.matches() ? Digits.parse(tag.group(2)) : OptionalLong.empty();
      if (position.isEmpty()) {
        throw ProblemException.badRequest("If-Match is not a list of positions such as \"42\"");
      }
      // The comparison is strong, so a weak tag is understood but never matches.
      if (tag.group(1) == null) {
        positions.add(position.getAsLong());
      }
    }
    return new Precondition(false, false, List.copyOf(positions));
  }

  /**
   * The position at which the consumer must still stand when it is moved, or null for anywhere.
   *
   * @throws Rejection.ConsumerMoved where it already does not stand where it should
   */
  public @Nullable Long at(@Nullable Consumer consumer) {
    if (none || (any && consumer != null)) {
      return null;
    }
    if (positions.size() == 1) {
      return positions.getFirst();
    }
    if (consumer == null || !positions.contains(consumer.offset())) {
      throw new Rejection.ConsumerMoved(consumer == null ? null : consumer.offset());
    }
    return consumer.offset();
  }
}
